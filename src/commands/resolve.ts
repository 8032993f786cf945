import { defineCommand } from '../core/command/command.ts';
import { findEvent } from './shared/find-event.ts';
import { handle } from './shared/handling/handle.ts';

export default defineCommand({
  summary: 'Close here what an event is about, whatever its provider says',
  help: `All its messages fold to one line that says who closed it. Its provider is not asked, and what fires again is posted anew. \`/webhook reopen\` takes it back.`,
  examples: ['/webhook resolve 1234'],
  aliases: ['close'],
  permission: 'member',
  options: {
    event: { type: 'string', positional: true, complete: 'event', example: '1234', description: 'The id of the event' },
  },

  async run({ options, caller }, parts) {
    const event = await findEvent(parts.journal, options.event);
    return handle(event, { change: 'resolve', done: 'resolved', rest: ' here' }, caller, parts);
  },
});
