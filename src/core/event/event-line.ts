import { inlineCode } from '../message/markdown/inline-code.ts';
import { linkMarkdown } from '../message/markdown/link-markdown.ts';
import { type Markdown, momentMarkdown } from '../message/message.ts';
import { cutText } from '../text/cut-text.ts';
import type { EventState, EventSummary } from './event.ts';
import { partWords } from './part-words.ts';

/** Where an event stands, as a mark and a word. */
export const stateMarks: Readonly<Record<EventState, string>> = {
  received: '⏳ not yet decided',
  queued: '⏳ on its way',
  posted: '✅ posted',
  held: '🔕 held',
  dropped: '➖ posted nowhere',
  failed: '❌ failed',
};

const TITLE_LIMIT = 120;

/** An event on one line of a list: when, how it stands, what it is about, type and id. */
export function eventLine({ id, type, state, about, receivedAt, part }: EventSummary, endpointName?: string): Markdown {
  const mark = stateMarks[state].split(' ', 1)[0] ?? '';
  return [
    `${momentMarkdown(receivedAt, 'relative')} ${mark} ${eventLink({ type, about })}`,
    ...(endpointName ? [inlineCode(endpointName)] : []),
    inlineCode(type),
    inlineCode(id),
    ...(part ? [partWords(part)] : []),
  ].join(' · ');
}

/** An event's headline, linked. */
export function eventLink({
  type,
  about,
}: {
  readonly type: string;
  readonly about?: EventSummary['about'];
}): Markdown {
  return linkMarkdown(cutText(about?.title ?? type, TITLE_LIMIT), about?.url);
}
