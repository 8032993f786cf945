import type { EventState } from '../event/event.ts';
import { stateWords } from '../event/event-line.ts';
import type { PostState } from '../event/post.ts';
import type { Span, SpanLine } from '../message/terminal-lines.ts';
import { channelLabel } from '../settings/channel.ts';

/** An event that came to an end, as far as a terminal shows it. */
export interface Report {
  readonly endpoint: string;
  readonly type: string;
  readonly title?: string | undefined;
  readonly state: EventState;
  readonly receivedAt: Date;
  /** Newest last. */
  readonly posts: readonly ReportedPost[];
}

export interface ReportedPost {
  readonly platform: string;
  readonly channel: string;
  readonly channelName: string;
  readonly state: PostState;
  readonly error?: string | null | undefined;
  readonly settledAt?: Date | undefined;
}

/** `17:50:27 acme push octocat pushed 3 commits to main → #ops ✓ 44 ms`. */
export function toReportLine({ endpoint, type, title, state, receivedAt, posts }: Report): SpanLine {
  return [
    { text: `${clockTime(receivedAt)} `, style: 'dim' },
    { text: endpoint, style: 'bold' },
    { text: ` ${type}`, style: 'code' },
    ...(title && title !== type ? [{ text: ` ${title}` }] : []),
    { text: ' → ', style: 'dim' },
    ...outcome(state, receivedAt, lastOfEach(posts)),
  ];
}

/** Hours, minutes and seconds as this machine's clock shows them. */
export function clockTime(moment: Date): string {
  return [moment.getHours(), moment.getMinutes(), moment.getSeconds()]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
}

function outcome(state: EventState, receivedAt: Date, posts: readonly ReportedPost[]): SpanLine {
  if (posts.length === 0) return [{ text: stateWords[state], style: state === 'failed' ? 'failed' : 'dim' }];
  const settled = posts.flatMap(({ settledAt }) => settledAt?.getTime() ?? []);
  const took = settled.length > 0 ? Math.max(...settled) - receivedAt.getTime() : undefined;
  return [
    ...posts.flatMap((post, index) => [...(index > 0 ? [{ text: ', ' }] : []), ...postSpans(post)]),
    ...(took === undefined ? [] : [{ text: ` ${inWords(took)}`, style: 'dim' as const }]),
  ];
}

function postSpans({ channelName, state, error }: ReportedPost): readonly Span[] {
  const where: Span = { text: `${channelLabel(channelName)} ` };
  switch (state) {
    case 'posted':
      return [where, { text: '✓', style: 'good' }];
    case 'failed':
      return [where, { text: `✗${error ? ` ${error}` : ''}`, style: 'failed' }];
    case 'held':
      return [where, { text: 'held by a mute', style: 'warning' }];
    case 'dropped':
      return [where, { text: 'dropped', style: 'dim' }];
    case 'due':
      return [where, { text: '…', style: 'dim' }];
  }
}

/** A replay posts again in the same channel; what came of it last counts. */
function lastOfEach(posts: readonly ReportedPost[]): readonly ReportedPost[] {
  return [...new Map(posts.map((post) => [`${post.platform} ${post.channel}`, post])).values()];
}

function inWords(milliseconds: number): string {
  if (milliseconds < 1_000) return `${Math.max(0, milliseconds)} ms`;
  return milliseconds < 60_000 ? `${(milliseconds / 1_000).toFixed(1)} s` : `${Math.round(milliseconds / 60_000)} min`;
}
