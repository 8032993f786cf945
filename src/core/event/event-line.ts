import { markGlyphs, toMark } from '../message/mark.ts';
import { inlineCode } from '../message/markdown/inline-code.ts';
import { linkMarkdown } from '../message/markdown/link-markdown.ts';
import { escapeMarkdown, type Markdown, momentMarkdown } from '../message/message.ts';
import { cutText } from '../text/cut-text.ts';
import { editedWords } from './editing/edited.ts';
import type { EventState, EventSummary } from './event.ts';
import { partWords } from './part-words.ts';

/** What became of an event. */
export const stateWords: Readonly<Record<EventState, string>> = {
  received: 'not yet decided',
  queued: 'on its way',
  posted: 'posted',
  held: 'held',
  dropped: 'posted nowhere',
  failed: 'could not be posted',
};

const TITLE_LIMIT = 120;

/** An event on one line of a list: when, how it stands, what it is about, what became of it unless it was posted, type and id. */
export function eventLine({ id, type, state, about, receivedAt, part }: EventSummary, endpointName?: string): Markdown {
  const { severity = 'info' } = about ?? {};
  const mark = markGlyphs[toMark({ severity, state: about?.state })];
  return [
    [momentMarkdown(receivedAt, 'relative'), mark, eventLink({ type, about })].filter(Boolean).join(' '),
    ...(state === 'posted' ? [] : [stateWords[state]]),
    ...(endpointName ? [inlineCode(endpointName)] : []),
    inlineCode(type),
    inlineCode(id),
    ...(part ? [partWords(part)] : []),
    ...(about?.edited ? [escapeMarkdown(editedWords(about.edited))] : []),
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
