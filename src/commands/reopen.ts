import { defineCommand } from '../core/command/command.ts';
import { findEvent } from './shared/find-event.ts';
import { handle } from './shared/handling/handle.ts';

export default defineCommand({
  summary: 'Open again what was resolved here',
  help: `Only what a person closed with Resolve here; what its provider closed stays closed.`,
  examples: ['/webhook reopen 1234'],
  clicked: true,
  permission: 'member',
  options: {
    event: { type: 'string', positional: true, complete: 'event', example: '1234', description: 'The id of the event' },
  },

  async run({ options, caller }, parts) {
    const event = await findEvent(parts.journal, options.event);
    return handle(event, { change: 'reopen', done: 'reopened' }, caller, parts);
  },
});
