import { defineCommand } from '../core/command/command.ts';
import { findEvent } from './shared/find-event.ts';
import { handle } from './shared/handling/handle.ts';

export default defineCommand({
  summary: 'Take an acknowledgement back',
  help: `Whoever sees the channel may take it back, because the person who acknowledged may be away.`,
  examples: ['/webhook unack 1234'],
  aliases: ['unacknowledge'],
  clicked: true,
  permission: 'member',
  options: {
    event: { type: 'string', positional: true, complete: 'event', example: '1234', description: 'The id of the event' },
  },

  async run({ options, caller }, parts) {
    const event = await findEvent(parts.journal, options.event);
    return handle(event, { change: 'unacknowledge', done: 'took back the acknowledgement of' }, caller, parts);
  },
});
