import { defineCommand } from '../core/command/command.ts';
import { handlingMarkdown } from '../core/command/desks/handling-desk.ts';
import { reply } from '../core/command/reply.ts';
import { eventLink, stateWords } from '../core/event/event-line.ts';
import { partWords } from '../core/event/part-words.ts';
import { inlineCode } from '../core/message/markdown/inline-code.ts';
import { escapeMarkdown, type Markdown, momentMarkdown } from '../core/message/message.ts';
import { maskText } from '../core/text/mask-secrets.ts';
import { findEvent } from './shared/find-event.ts';

const HEADERS = 6;
const HEADER_LIMIT = 120;

export default defineCommand({
  summary: 'Show one event: what it is about, how it arrived, what became of it',
  examples: ['/webhook event 1234'],
  clicked: true,
  permission: 'member',
  options: {
    event: { type: 'string', positional: true, complete: 'event', example: '1234', description: 'The id of the event' },
  },

  async run({ options }, { view, journal, handling, publicUrl }) {
    const event = await findEvent(journal, options.event);
    const { id, about, type, state, receivedAt, deliveryId, body, headers, part } = event;
    const endpoint = (await view.lookUp(event.endpointId))?.name ?? 'a deleted endpoint';
    const subject = await handling.of(event);
    const people = subject ? handlingMarkdown(subject.handling) : '';
    const page = `${publicUrl}/#/events/${id}`;
    const text = (name: string, value: string | undefined) => (value ? [{ name, value: escapeMarkdown(value) }] : []);
    const labels = Object.entries(about?.labels ?? {}).map(([name, value]) => inlineCode(`${name}=${value}`));
    return reply(`${eventLink(event)}\n${stateWords[state]} · received ${momentMarkdown(receivedAt)}`, {
      title: `Event ${id}`,
      severity: about?.severity ?? 'info',
      fields: [
        { name: 'Endpoint', value: inlineCode(endpoint) },
        { name: 'Type', value: inlineCode(type) },
        ...text('Source', about?.source),
        ...text('Actor', about?.actor),
        ...text('State', about?.state),
        ...text('Subject', about?.subject),
        ...(part ? [{ name: 'Part', value: `${partWords(part)} in its delivery` }] : []),
        ...(people ? [{ name: 'People', value: people, wide: true }] : []),
        ...(labels.length ? [{ name: 'Labels', value: labels.join(' '), wide: true }] : []),
        {
          name: 'Delivery',
          value: `${inlineCode(deliveryId)} · ${event.method} · ${describeSize(body.length)}`,
          wide: true,
        },
        { name: 'Headers', value: describeHeaders(headers), wide: true },
      ],
      actions: [
        { label: 'Why', command: 'why', options: { event: id } },
        { label: 'Diff', command: 'diff', options: { event: id } },
        { label: 'Replay', command: 'replay', options: { event: id } },
        { label: 'Open', url: page },
      ],
      data: {
        event: {
          id,
          endpoint,
          provider: event.provider,
          type,
          deliveryId,
          state,
          receivedAt,
          about: about ?? null,
          handling: subject?.handling ?? null,
          size: body.length,
          ...(part && { part }),
          page,
        },
      },
    });
  },
});

function describeHeaders(headers: Readonly<Record<string, string | readonly string[]>>): Markdown {
  const names = Object.keys(headers).toSorted(
    (a, b) => Number(b.startsWith('x-')) - Number(a.startsWith('x-')) || a.localeCompare(b),
  );
  const lines = names
    .slice(0, HEADERS)
    .map((name) => inlineCode(`${name}: ${maskText([headers[name] ?? ''].flat().join(', ')).slice(0, HEADER_LIMIT)}`));
  if (names.length > HEADERS) lines.push(`and ${names.length - HEADERS} more`);
  return lines.join('\n') || 'none';
}

function describeSize(bytes: number): string {
  return bytes < 1024 ? `${bytes} bytes` : `${(bytes / 1024).toFixed(1)} KB`;
}
