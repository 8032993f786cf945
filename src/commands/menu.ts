import { defineCommand } from '../core/command/command.ts';
import { reply } from '../core/command/reply.ts';
import type { VisibleJournal } from '../core/command/view.ts';
import { eventLink } from '../core/event/event-line.ts';
import type { Action } from '../core/message/message.ts';
import { findEvent } from './shared/find-event.ts';

export default defineCommand({
  summary: 'Show what can be done about an event, or everything its message says',
  examples: ['/webhook menu 1234', '/webhook menu 1234 full=yes'],
  clicked: true,
  permission: 'member',
  options: {
    event: {
      type: 'string',
      positional: true,
      complete: 'event',
      example: '1234',
      description: 'The id of the event, or words of its title',
    },
    full: { type: 'flag', optional: true, description: 'Show everything the message says' },
  },

  async run({ options }, { journal, relay, handling }) {
    const event = await findEvent(journal, await idOf(options.event, journal));
    if (options.full) {
      const message = relay.compose(event, { density: 'full' });
      return { message: { ...message, notify: 'never' }, visibleTo: 'caller', data: { event: event.id } };
    }
    const { actions } = await handling.compose(event);
    return reply(eventLink(event), {
      actions: actions.filter(({ tucked }) => tucked).map(untucked),
      data: { event: event.id },
    });
  },
});

/** The newest event whose title has these words, where they are not an id. */
async function idOf(typed: string, { events }: VisibleJournal): Promise<string> {
  if (/^#?\d+$/.test(typed)) return typed;
  const [found] = await events.list({ q: typed, limit: 1 });
  return found?.id ?? typed;
}

function untucked({ tucked: _, ...action }: Action): Action {
  return action;
}
