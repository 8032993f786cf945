import { defineCommand } from '../core/command/command.ts';
import { reply } from '../core/command/reply.ts';
import { OptionError } from '../core/errors.ts';
import { comparePayloads } from '../core/event/difference/compare-payloads.ts';
import { differenceLine } from '../core/event/difference/difference-lines.ts';
import { findEarlier } from '../core/event/difference/earlier-event.ts';
import type { StoredEvent } from '../core/event/event.ts';
import { eventLink } from '../core/event/event-line.ts';
import { inlineCode } from '../core/message/markdown/inline-code.ts';
import { type Markdown, momentMarkdown } from '../core/message/message.ts';
import { plural } from '../core/text/line.ts';
import { lineDiff } from '../core/text/line-diff.ts';
import { fence, toCodePages } from './shared/code-pages.ts';
import { findEvent } from './shared/find-event.ts';
import { pageOption, toPage } from './shared/pages.ts';
import { findAsked } from './shared/why/find-asked.ts';

export default defineCommand({
  summary: 'Compare the payloads of two events, field by field, with secrets masked',
  help: 'Without a second event, the last one before it of the same subject is taken, else of the same type. `-` is gone, `+` is new, `!` is of another kind, `~` has another value.',
  examples: ['/webhook diff', '/webhook diff 1234', '/webhook diff 1234 1200'],
  permission: 'member',
  options: {
    event: {
      type: 'string',
      positional: true,
      optional: true,
      complete: 'event',
      example: '1234',
      description: 'The id of the event; the last one posted in this channel when left out',
    },
    other: {
      type: 'string',
      positional: true,
      optional: true,
      complete: 'event',
      example: '1200',
      description: 'The event to compare it with; the one before it when left out',
    },
    page: pageOption,
  },

  async run({ options, caller }, parts) {
    const { journal, relay } = parts;
    const id = options.event ?? (await findAsked(undefined, caller, parts)).id;
    if (id === undefined)
      throw new OptionError('event', 'Nothing was posted here yet. `/webhook history` lists events with their ids.', {
        code: 'not_found',
        status: 404,
      });
    const event = await findEvent(journal, id);
    const other =
      options.other === undefined
        ? await findBefore(event, journal.events)
        : await findEvent(journal, options.other, 'other');
    if (!other)
      return reply(
        `${eventLink(event)} is the first of its subject and of its type, so there is nothing to compare it with. Name another: ${inlineCode(`/webhook diff ${event.id} <event>`)}.`,
        { data: { event: event.id, other: null, differences: [] } },
      );
    const [before, after] = Number(other.id) < Number(event.id) ? [other, event] : [event, other];
    const { was, is, found, partial } = await comparePayloads(before, after, relay);
    const isText = typeof was === 'string' && typeof is === 'string';
    const lines = isText ? lineDiff(was, is).split('\n') : found.map(differenceLine);
    const { shown, footer, turns } = toPage(toCodePages(lines.join('\n')), {
      page: options.page,
      size: 1,
      command: 'diff',
      options: { event: event.id, other: other.id },
    });
    const head = `${describe(before)}\n→ ${describe(after)}`;
    const notes = [`${plural(found.length, 'difference')}${partial ? ' and more' : ''}`, ...(footer ? [footer] : [])];
    return reply(
      found.length ? `${head}\n\n${fence(shown[0] ?? '', 'diff')}` : `${head}\n\nTheir payloads are the same.`,
      {
        title: `Event ${before.id} and event ${after.id}`,
        footer: notes.join(' · '),
        actions: [
          ...turns,
          { label: 'Why', command: 'why', options: { event: after.id } },
          { label: 'Show payload', command: 'payload', options: { event: after.id } },
        ],
        data: {
          event: event.id,
          other: other.id,
          differences: found.map(({ path, kind }, index) => ({ path, kind, line: lines[index] })),
          partial,
        },
      },
    );
  },
});

function describe({ id, type, about, receivedAt }: StoredEvent): Markdown {
  return `${eventLink({ type, ...(about && { about }) })} · ${inlineCode(type)} · ${momentMarkdown(receivedAt)} · ${inlineCode(id)}`;
}

async function findBefore(
  event: StoredEvent,
  events: Parameters<typeof findEarlier>[1] & { get(id: string): Promise<StoredEvent | undefined> },
): Promise<StoredEvent | undefined> {
  const earlier = await findEarlier(event, events);
  return earlier && events.get(earlier.id);
}
