import { isOpen } from '../../core/event/about.ts';
import type { EventSummary } from '../../core/event/event.ts';
import { eventLink } from '../../core/event/event-line.ts';
import type { NewPost } from '../../core/event/post.ts';
import {
  type CommandAction,
  escapeMarkdown,
  type Field,
  momentMarkdown,
  toMessage,
} from '../../core/message/message.ts';
import type { Endpoint } from '../../core/settings/endpoint.ts';
import { describeMatch, type Mute } from '../../core/settings/mute.ts';
import { plural } from '../../core/text/line.ts';
import type { HeldChannel } from './held.ts';

export interface DigestParts {
  readonly muteId: string;
  /** Absent where the mute was removed without being ended: what it held is all that is known of it. */
  readonly mute: Mute | undefined;
  /** Absent where it was deleted. */
  readonly endpoint: Endpoint | undefined;
  readonly held: readonly HeldChannel[];
  readonly now: Date;
}

const LISTED = 10;
/** For more posts than this, the button asks first. */
const CONFIRM_ABOVE = 20;

/** What each channel is sent when a mute ends: how much was held for it, of what, and what still needs somebody. */
export function toDigest(parts: DigestParts): readonly NewPost[] {
  const { endpoint, mute, held } = parts;
  const isHeldFor = (place: Place) => held.some((each) => samePlace(each, place));
  const routes = (mute && endpoint?.routes) || [];
  const quiet = routes.filter((route) => !isHeldFor(route)).map(({ id, ...place }) => ({ ...place, routeId: id }));
  return [
    ...held.map((channel) => toPost(parts, channel)),
    ...quiet.map((place) => toPost(parts, { ...place, count: 0, events: [] })),
  ];
}

type Place = Pick<HeldChannel, 'platform' | 'channel'>;

function samePlace(one: Place, other: Place): boolean {
  return one.platform === other.platform && one.channel === other.channel;
}

function toPost(parts: DigestParts, channel: HeldChannel): NewPost {
  const { muteId, mute, endpoint } = parts;
  const { platform, channel: id, channelName, routeId, count, events } = channel;
  const endpointId = endpoint?.id ?? channel.endpointId;
  const open = stillOpen(events);
  const message = toMessage({
    severity: open.length ? 'warning' : 'info',
    title: { text: `Mute ended: ${describe(count, open.length)}${endpoint ? ` (${endpoint.name})` : ''}` },
    body: [toOpening(parts), ...(mute?.reason ? [`It was for: ${escapeMarkdown(mute.reason)}`] : []), listOpen(open)]
      .filter(Boolean)
      .join('\n\n'),
    fields: [
      ...countBy(events, 'By type', ({ type }) => type),
      ...countBy(events, 'By source', ({ about }) => about?.source),
    ],
    actions: count ? toActions(parts, count) : [],
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

function describe(held: number, open: number): string {
  if (held === 0) return 'nothing was held';
  return `${plural(held, 'event')} held${open > 0 ? `, ${open} still open` : ''}`;
}

function toOpening({ mute, endpoint, now }: DigestParts): string {
  if (!endpoint) return 'Its endpoint was deleted while it was muted.';
  const name = `**${escapeMarkdown(endpoint.name)}**`;
  return mute
    ? `${name} is no longer muted (${escapeMarkdown(describeMatch(mute.match))}), since ${momentMarkdown(now, 'time')}.`
    : `A mute of ${name} was removed from the settings. This is what it held.`;
}

function toActions({ muteId, endpoint }: DigestParts, count: number): readonly CommandAction[] {
  const many = count > CONFIRM_ABOVE;
  return [
    {
      label: count === 1 ? 'Post it now' : `Post all ${count} now`,
      command: 'replay',
      options: { mute: muteId, ...(many && { confirm: 'yes' }) },
      ...(many && {
        confirm: { title: 'Post them all?', text: `This posts ${count} messages here.`, yes: 'Post them' },
      }),
    },
    {
      label: 'What was held',
      command: 'history',
      options: { ...(endpoint && { endpoint: endpoint.id }), state: 'held' },
    },
  ];
}

/** The newest event of each subject that still needs somebody. */
function stillOpen(events: readonly EventSummary[]): readonly EventSummary[] {
  const last = new Map(events.map((event) => [event.about?.subject ?? event.id, event]));
  return [...last.values()].filter(({ about }) => about && isOpen(about));
}

function listOpen(open: readonly EventSummary[]): string {
  if (!open.length) return '';
  const lines = open.slice(-LISTED).map((event) => `- ${eventLink(event)}`);
  const more = open.length > LISTED ? [`- and ${open.length - LISTED} more`] : [];
  return ['**Still open**', ...lines, ...more].join('\n');
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
