import type { About, Part } from '../../core/event/about.ts';
import type { EventSummary } from '../../core/event/event.ts';
import { marked, toMark } from '../../core/message/mark.ts';
import { escapeMarkdown, type Message } from '../../core/message/message.ts';
import { severityOf } from '../../core/message/severity.ts';
import { cutText } from '../../core/text/cut-text.ts';
import { describeDuration } from '../../core/text/duration.ts';

/** Rows of a table. */
const SHOWN = 20;
const NAME_LENGTH = 40;
const ENDED = ['failed', 'warning', 'good', 'neutral'];

/** How the parts of a subject stand, in the order in which they were first heard of, given its events, the newest first. */
export function partsOf(events: readonly Pick<EventSummary, 'about'>[]): readonly Part[] {
  const parts = new Map<string, About & { readonly part: Part }>();
  for (const { about } of events.toReversed()) {
    const { part } = about ?? {};
    if (!about || !part) continue;
    const known = parts.get(part.name);
    if (!known || !isEarlier(about, known)) parts.set(part.name, { ...about, part });
  }
  return [...parts.values()].map(({ part }) => part);
}

/** Whether something happened before what is known already. Where the moments do not say, no end is followed by a beginning. */
function isEarlier(about: About, known: About): boolean {
  if (about.sequence !== undefined && known.sequence !== undefined && about.sequence !== known.sequence)
    return BigInt(about.sequence) < BigInt(known.sequence);
  if (about.occurredAt !== undefined && known.occurredAt !== undefined && about.occurredAt !== known.occurredAt)
    return Date.parse(about.occurredAt) < Date.parse(known.occurredAt);
  return isEnded(known.part) && !isEnded(about.part);
}

function isEnded(part: Part | undefined): boolean {
  return part !== undefined && ENDED.includes(markOf(part));
}

function markOf({ state }: Part) {
  return toMark({ severity: severityOf(state) ?? 'info', state });
}

/** A message with the parts of its subject as a table. One that says that all is well needs none. */
export function withParts(message: Message, parts: readonly Part[]): Message {
  if (parts.length < 2 || message.mark === 'good' || message.density === 'compact') return message;
  const failed = parts.filter((part) => markOf(part) === 'failed');
  const ordered = parts.length > SHOWN ? [...failed, ...parts.filter((part) => !failed.includes(part))] : parts;
  const lines = ['| Job | State | Took |', '|---|---|---|', ...ordered.slice(0, SHOWN).map(toRow)];
  const more = parts.length - SHOWN;
  return {
    ...message,
    body: [message.body, lines.join('\n'), more > 0 ? `and ${more} more` : ''].filter(Boolean).join('\n\n'),
  };
}

function toRow(part: Part): string {
  const state = marked(markOf(part), (part.state ?? '').replaceAll('_', ' '));
  const took = part.took === undefined ? '' : describeDuration(part.took);
  const cells = [cutText(part.name, NAME_LENGTH), state, took].map(escapeMarkdown);
  return `| ${cells.join(' | ')} |`;
}
