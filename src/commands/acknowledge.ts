import { defineCommand } from '../core/command/command.ts';
import { findEvent } from './shared/find-event.ts';
import { handle } from './shared/handling/handle.ts';

export default defineCommand({
  summary: 'Acknowledge an alert or other subject',
  help: `All its messages, in every channel, show who acknowledged it, and where. It counts until the same fires again after it was over. \`/webhook unack\` takes it back.`,
  examples: ['/webhook acknowledge 1234'],
  aliases: ['ack'],
  permission: 'member',
  options: {
    event: { type: 'string', positional: true, complete: 'event', example: '1234', description: 'The id of the event' },
  },

  async run({ options, caller }, parts) {
    const event = await findEvent(parts.journal, options.event);
    return handle(event, { change: 'acknowledge', done: 'acknowledged' }, caller, parts);
  },
});
