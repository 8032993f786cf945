import type { EventSummary } from '../../core/event/event.ts';
import { eventLink } from '../../core/event/event-line.ts';
import type { NewPost } from '../../core/event/post.ts';
import { escapeMarkdown, type Markdown, momentMarkdown, toMessage } from '../../core/message/message.ts';
import type { Endpoint, Route } from '../../core/settings/endpoint.ts';
import { plural } from '../../core/text/line.ts';
import type { JudgedChannel } from './digest.ts';
import { toHeldActions } from './held-actions.ts';

export interface RouteDigestParts {
  readonly holder: string;
  /** Absent where it is gone, or holds nothing any more. */
  readonly route: Route | undefined;
  readonly endpoint: Endpoint | undefined;
  readonly channel: JudgedChannel;
  readonly now: Date;
}

/** Things that are listed, open and other. */
const OPEN = 15;
const OTHERS = 20;

/** What a channel is sent in place of all that its route held: what is still open first, the rest by source and subject. */
export function toRouteDigest({ holder, route, endpoint, channel, now }: RouteDigestParts): NewPost {
  const { platform, channel: id, channelName, count, events, standing, since, posted } = channel;
  const endpointId = endpoint?.id ?? channel.endpointId;
  const { open } = standing;
  const groups = toGroups(events);
  const isStillOpen = ({ last }: Group) => open.some((event) => event.id === last.id);
  const [pending, others] = [groups.filter(isStillOpen), groups.filter((group) => !isStillOpen(group))];
  const unlisted = [...pending.slice(OPEN), ...others.slice(OTHERS)];
  const left = unlisted.reduce((sum, { count: of }) => sum + of, 0) + count - events.length;
  const message = toMessage({
    severity: open.length ? 'warning' : 'info',
    title: {
      text: `${toName(route)}: ${plural(count, 'event')}${open.length ? `, ${open.length} still open` : ''}${endpoint ? ` (${endpoint.name})` : ''}`,
    },
    body: [
      `What came from ${momentMarkdown(since)} to ${momentMarkdown(now)}.`,
      ...listOf(pending.slice(0, OPEN)),
      ...tableOf(pending.length ? 'The rest' : '', others.slice(0, OTHERS)),
      ...(left > 0
        ? [
            `Not listed: ${plural(left, 'event')}${unlisted.length ? ` about ${plural(unlisted.length, 'more thing')}` : ''}, all in the history.`,
          ]
        : []),
    ].join('\n\n'),
    actions: toHeldActions({ holder, count: count - posted, endpointId }).map((action) =>
      action.command === 'replay' ? { ...action, tucked: true } : action,
    ),
  });
  return {
    platform,
    channel: id,
    channelName,
    state: 'due',
    ...(endpointId !== undefined && { endpointId }),
    ...(channel.routeId !== undefined && { routeId: channel.routeId }),
    muteId: holder,
    message,
  };
}

const NAMES = { hour: 'Hourly digest', day: 'Daily digest', week: 'Weekly digest' } as const;

function toName(route: Route | undefined): string {
  if (route?.digest) return NAMES[route.digest.every];
  return route?.quiet ? 'In the quiet hours' : 'Held until now';
}

/** What was held about one thing. */
interface Group {
  readonly source: string;
  readonly last: EventSummary;
  readonly count: number;
}

/** By source, those with most events first, and within each the newest thing first. */
function toGroups(events: readonly EventSummary[]): readonly Group[] {
  const sources = [...Map.groupBy(events, ({ about }) => about?.source ?? '')].toSorted(
    ([, one], [, other]) => other.length - one.length,
  );
  return sources.flatMap(([source, ofSource]) =>
    // What is about nothing that stays is alike where it says the same.
    [...Map.groupBy(ofSource, ({ about, type }) => about?.subject ?? `${type}\n${about?.title}`).values()]
      .flatMap((course) => {
        const last = course.at(-1);
        return last ? [{ source, last, count: course.length }] : [];
      })
      .toSorted((one, other) => Number(other.last.id) - Number(one.last.id)),
  );
}

/** With links, which no table has on every platform. */
function listOf(groups: readonly Group[]): readonly Markdown[] {
  if (!groups.length) return [];
  const lines = groups.map(({ source, last, count }) =>
    [`- ${eventLink(last)}`, ...[source, stateOf(last)].filter(Boolean).map(escapeMarkdown), times(count)]
      .filter(Boolean)
      .join(' · '),
  );
  return [`**Still open**\n${lines.join('\n')}`];
}

function times(count: number): string {
  return count > 1 ? `${count} events` : '';
}

/** One table: Slack takes no second one in a message. */
function tableOf(heading: string, groups: readonly Group[]): readonly Markdown[] {
  if (!groups.length) return [];
  const columns: readonly (readonly [name: string, cell: (group: Group) => Markdown])[] = [
    ['Source', ({ source }) => escapeMarkdown(source)],
    ['What', ({ last }) => eventLink(last)],
    ['State', ({ last }) => escapeMarkdown(stateOf(last))],
  ];
  const said = columns.filter(([, cell]) => groups.some((group) => cell(group) !== ''));
  const rows = groups.map((group) => row(...said.map(([, cell]) => cell(group) || '–'), String(group.count)));
  const head = [row(...said.map(([name]) => name), 'Events'), row(...said.map(() => '---'), '--:')];
  return [...(heading ? [`**${heading}**`] : []), [...head, ...rows].join('\n')];
}

function stateOf({ about }: EventSummary): string {
  return (about?.state ?? '').replaceAll('_', ' ');
}

function row(...cells: readonly Markdown[]): Markdown {
  return `| ${cells.map((cell) => cell.replace(/\n+/g, ' ').replace(/(?<!\\)\|/g, '\\|')).join(' | ')} |`;
}
