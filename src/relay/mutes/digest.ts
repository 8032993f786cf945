import type { EventSummary } from '../../core/event/event.ts';
import { eventLink } from '../../core/event/event-line.ts';
import type { NewPost } from '../../core/event/post.ts';
import {
  type CommandAction,
  escapeMarkdown,
  type Field,
  type Markdown,
  momentMarkdown,
  toMessage,
} from '../../core/message/message.ts';
import { isSamePlace } from '../../core/settings/channel.ts';
import { watchedMarkdown } from '../../core/settings/describe-mute.ts';
import type { Endpoint } from '../../core/settings/endpoint.ts';
import { describeMatch, type Mute } from '../../core/settings/mute.ts';
import { watchHours } from '../../core/text/calendar/weekly-hours.ts';
import { plural } from '../../core/text/line.ts';
import type { HeldChannel } from './held.ts';
import { toHeldActions } from './held-actions.ts';
import type { Standing } from './standing.ts';

/** What was held for a channel, how it stands, and how many of it are posted anyway. */
export interface JudgedChannel extends HeldChannel {
  readonly standing: Standing;
  readonly posted: number;
}

export interface DigestParts {
  readonly muteId: string;
  /** Absent where the mute was removed without being ended: what it held is all that is known of it. */
  readonly mute: Mute | undefined;
  /** Absent where it was deleted. */
  readonly endpoint: Endpoint | undefined;
  readonly held: readonly JudgedChannel[];
  /** Whether the mute only pauses: it will hold again. */
  readonly pauses?: boolean;
  readonly now: Date;
}

const LISTED = 10;
const NOTHING: Standing = { open: [], resolved: 0, closing: [] };

/** What each channel is sent when a mute ends: how much was held for it, of what, and what still needs somebody. */
export function toDigest(parts: DigestParts): readonly NewPost[] {
  const { endpoint, mute, held, pauses, now } = parts;
  const routes = (!pauses && mute && endpoint?.routes) || [];
  const quiet = routes.filter((route) => !held.some((each) => isSamePlace(each, route)));
  return [
    ...held.map((channel) => toPost(parts, channel)),
    ...quiet.map(({ id, ...place }) =>
      toPost(parts, {
        ...place,
        routeId: id,
        count: 0,
        events: [],
        posts: new Map(),
        since: now,
        standing: NOTHING,
        posted: 0,
      }),
    ),
  ];
}

function toPost(parts: DigestParts, channel: JudgedChannel): NewPost {
  const { muteId, mute, endpoint, pauses } = parts;
  const { platform, channel: id, channelName, routeId, count, events, standing, posted } = channel;
  const endpointId = endpoint?.id ?? channel.endpointId;
  const { open, resolved } = standing;
  const what = pauses ? 'Mute paused' : mute?.paused ? 'Resumed' : 'Mute ended';
  const message = toMessage({
    severity: open.length ? 'warning' : 'info',
    title: { text: `${what}: ${describeCount(count, open.length)}${endpoint ? ` (${endpoint.name})` : ''}` },
    body: [
      toOpening(parts),
      ...(mute?.reason ? [`Reason: ${escapeMarkdown(mute.reason)}`] : []),
      listOpen(open, posted),
      ...(resolved ? [`${resolved} more started and ended in the meantime.`] : []),
    ]
      .filter(Boolean)
      .join('\n\n'),
    fields: [
      ...countBy(events, 'By type', ({ type }) => type),
      ...countBy(events, 'By source', ({ about }) => about?.source),
    ],
    actions: toActions(parts, count - posted),
  });
  return {
    platform,
    channel: id,
    channelName,
    state: 'due',
    ...(endpointId !== undefined && { endpointId }),
    ...(routeId !== undefined && { routeId }),
    muteId,
    message,
  };
}

/** `3 events held, 1 still open`. */
export function describeCount(held: number, open: number): string {
  if (held === 0) return 'nothing was held';
  return `${plural(held, 'event')} held${open > 0 ? `, ${open} still open` : ''}`;
}

function toOpening({ mute, endpoint, pauses, now }: DigestParts): Markdown {
  if (!endpoint) return 'Its endpoint was deleted while it was muted.';
  const name = `**${escapeMarkdown(endpoint.name)}**`;
  if (!mute) return `A mute of ${name} was removed from the settings. This is what it held.`;
  const what = escapeMarkdown(describeMatch(mute));
  if (mute.paused) return `${name} is resumed, since ${momentMarkdown(now, 'time')}.`;
  if (!pauses) return `${name} is no longer muted (${what}), since ${momentMarkdown(now, 'time')}.`;
  if (!mute.every && mute.while)
    return `${name} is not muted (${what}) until ${watchedMarkdown(mute.while, [endpoint])} fires again.`;
  if (!mute.every) return `${name} is not muted at the moment (${what}).`;
  const again = new Date(watchHours(mute.every).next(now.getTime()).start);
  return `${name} is not muted (${what}) until ${momentMarkdown(again)}.`;
}

function toActions({ muteId, mute, endpoint, pauses }: DigestParts, count: number): readonly CommandAction[] {
  return [
    ...toHeldActions({ holder: muteId, count, endpointId: endpoint?.id }),
    ...(pauses && mute && endpoint
      ? [{ label: 'Unmute', command: 'unmute', options: { endpoint: endpoint.id, mute: muteId }, tucked: true }]
      : []),
  ];
}

function listOpen(open: readonly EventSummary[], posted: number): Markdown {
  if (!open.length) return '';
  const lines = open.slice(-LISTED).map((event) => `- ${eventLink(event)}`);
  const more = open.length > LISTED ? [`- and ${open.length - LISTED} more`] : [];
  return [posted ? '**Still open**, and posted here as well:' : '**Still open**', ...lines, ...more].join('\n');
}

function countBy(
  events: readonly EventSummary[],
  name: string,
  key: (event: EventSummary) => string | undefined,
): readonly Field[] {
  const counts = [...Map.groupBy(events, (event) => key(event) ?? '')]
    .filter(([label]) => label)
    .map(([label, { length }]) => ({ label, length }))
    .toSorted((a, b) => b.length - a.length);
  if (!counts.length) return [];
  const shown = counts.slice(0, LISTED).map(({ label, length }) => `${length} × ${escapeMarkdown(label)}`);
  const more = counts.length > LISTED ? [`and ${counts.length - LISTED} more`] : [];
  return [{ name, value: [...shown, ...more].join('\n') }];
}
