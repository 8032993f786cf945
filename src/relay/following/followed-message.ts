import type { Because } from '../../core/event/plan.ts';
import { linkMarkdown } from '../../core/message/markdown/link-markdown.ts';
import {
  escapeMarkdown,
  type Filing,
  type Markdown,
  type Message,
  momentMarkdown,
  toMessage,
} from '../../core/message/message.ts';
import { describeDuration } from '../../core/text/duration.ts';
import { atDensity } from '../../render/frame/at-density.ts';
import type { Standing } from '../follow.ts';

/** What a message shows of its subject besides its own event. */
export interface Course extends Standing {
  /** When the same was said last. */
  readonly last: Date;
  /** The message that it follows. */
  readonly after?: { readonly because: Because; readonly postedAt: Date; readonly url?: string };
}

/** A first line that begins or ends with how long it took: "Resolved after 1 h 20 min: …". It is not said a second time, in other words. */
const SAYS_HOW_LONG =
  /(?:^\p{L}+ after (?:\d[\d.,]* (?:ms|s|min|h|d) ?){1,2}:|\bafter (?:\d[\d.,]* (?:ms|s|min|h|d) ?){1,2}$)/u;

/**
 * A message with how its subject stands. What ended well folds to one line that says how long it took; a failure keeps its
 * details.
 */
export function toFollowed(event: Message, course: Course): Message {
  const message: Message = course.over ? { ...event, over: true } : event;
  const folds = course.over && course.took !== undefined && ['good', 'neutral', 'info'].includes(message.mark);
  const shown = folds && message.density !== 'full' ? atDensity(message, 'compact') : message;
  const took = SAYS_HOW_LONG.test(event.title?.text ?? '') ? [] : tookWords(course);
  const said = [...toWords(course), ...(folds || !course.over ? [] : took)];
  if (shown.density === 'compact') {
    const title = [shown.title?.text, ...(folds ? took : []), ...said].filter(Boolean).join(' · ');
    return toMessage({ ...shown, title: { ...shown.title, text: title } });
  }
  const lines: readonly Markdown[] = [
    ...(course.after ? [afterLine(course.after)] : []),
    ...said.map((words, index) =>
      index === 0 && course.times ? `${words}, last ${momentMarkdown(course.last, 'time')}` : words,
    ),
  ];
  return lines.length === 0 ? shown : { ...shown, body: [lines.join('\n\n'), shown.body].filter(Boolean).join('\n\n') };
}

function toWords({ times, flaps }: Standing): readonly string[] {
  return [
    ...(times ? [`× ${times}`] : []),
    ...(flaps ? [`changed ${flaps.times} times in ${describeDuration(flaps.within)}`] : []),
  ];
}

function tookWords({ took }: Standing): readonly string[] {
  return took === undefined ? [] : [`after ${describeDuration(took)}`];
}

function afterLine({ because, postedAt, url }: NonNullable<Course['after']>): Markdown {
  const at = momentMarkdown(postedAt);
  const link = (text: string) => (url ? linkMarkdown(text, url) : text);
  switch (because) {
    case 'again':
      return `Started again; ${link('the earlier one')} (${at}) was over`;
    case 'worse':
      return `Worse than in ${link('the earlier message')}, ${at}`;
    case 'reminder':
      return `Unchanged since ${link('the earlier message')}, ${at}`;
    case 'ping':
      return `Goes on from ${link('the earlier message')}, ${at}`;
    case 'rolledUp':
      return `Shown before in ${link('a roll-up')}, ${at}`;
    case 'gone':
      return `The earlier message, ${at}, is gone`;
  }
}

/** The message of a subject that a person closed: one line, and nothing to be alarmed by. */
export function toClosed(message: Message): Message {
  const closed: Message = { ...message, severity: 'good', mark: 'good', over: true };
  return message.density === 'full' ? closed : atDensity(closed, 'compact');
}

/** Milliseconds after which a message says that it comes late. */
const LATE = 600_000;

/** A message that says when it happened, where it could not be posted in time. */
export function withDelay(message: Message, owedAt: Date | undefined, now: Date): Message {
  if (!owedAt || now.getTime() - owedAt.getTime() < LATE) return message;
  if (message.density === 'compact') {
    const late = `${describeDuration(now.getTime() - owedAt.getTime())} late`;
    return toMessage({
      ...message,
      title: { ...message.title, text: [message.title?.text, late].filter(Boolean).join(' · ') },
    });
  }
  const line = `happened ${momentMarkdown(owedAt)}, posted ${momentMarkdown(now)}`;
  return { ...message, body: [line, message.body].filter(Boolean).join('\n\n') };
}

/** The first message of a subject with how that stands since another event. */
export function withState(first: Message, { severity, mark }: Message, state: string | undefined): Message {
  if (state === undefined) return first;
  const line = `Now: **${escapeMarkdown(state.replaceAll('_', ' '))}**`;
  return { ...first, severity, mark, body: [line, first.body].filter(Boolean).join('\n\n') };
}

/** A message with what it is filed under where messages have tags. */
export function withFiling(message: Message, { severity, state, phase }: Filing): Message {
  return { ...message, filing: { severity, ...(state !== undefined && { state }), ...(phase && { phase }) } };
}
