import { defineCommand } from '../core/command/command.ts';
import { personOf } from '../core/command/permission.ts';
import { reply } from '../core/command/reply.ts';
import { findEvent } from './shared/find-event.ts';

export default defineCommand({
  summary: 'Vote on whether an event was useful',
  help: 'The buttons 👍 and 👎 of a message, where its route asks for them with `votes=on`. `/webhook noise` counts them.',
  examples: ['/webhook vote 1234 up', '/webhook vote 1234 down'],
  permission: 'member',
  clicked: true,
  options: {
    event: { type: 'string', positional: true, complete: 'event', example: '1234', description: 'The id of the event' },
    as: {
      type: 'string',
      positional: true,
      choices: ['up', 'down'],
      example: 'up',
      description: 'Good to know, or noise',
    },
  },

  async run({ options, caller }, { journal, noise }) {
    const event = await findEvent(journal, options.event);
    const kind = options.as === 'up' ? 'up' : 'down';
    await noise.vote(event.id, personOf(caller), kind);
    return reply(
      kind === 'up'
        ? 'Noted: 👍. `/webhook noise` counts it.'
        : 'Noted: 👎. **Fewer like this** hides similar events; `/webhook noise` counts your vote.',
      {
        severity: 'good',
        actions: kind === 'down' ? [{ label: 'Fewer like this', command: 'fewer', options: { event: event.id } }] : [],
        data: { vote: kind },
      },
    );
  },
});
