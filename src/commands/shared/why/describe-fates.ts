import type { CommandParts } from '../../../core/command/command.ts';
import type { Obstacle } from '../../../core/command/desks/rule-desk.ts';
import type { Caller } from '../../../core/command/permission.ts';
import { eventLink } from '../../../core/event/event-line.ts';
import { inlineCode, sentenceMarkdown } from '../../../core/message/markdown/inline-code.ts';
import { type CommandAction, escapeMarkdown, type Markdown, momentMarkdown } from '../../../core/message/message.ts';
import type { Endpoint } from '../../../core/settings/endpoint.ts';
import type { Mute } from '../../../core/settings/mute.ts';
import { heldByRoute } from '../../../core/settings/route-hold.ts';
import { plural } from '../../../core/text/line.ts';
import { describePlace } from '../find-place.ts';
import { describeChance, obstacleActions } from './chances.ts';
import { type Fate, type FateKind, fates } from './fate.ts';

/** Events that had the same fate for the same reason in one channel, newest first. */
export type FateGroup = readonly [Fate, ...Fate[]];

/** Groups fates: what needs somebody comes first, and of that what happened most often. */
export function groupFates(all: readonly Fate[]): readonly FateGroup[] {
  const groups = Map.groupBy(all, ({ kind, route, reason }) => [kind, route?.routeId ?? '', reason].join('\n'));
  return [...groups.values()]
    .flatMap(([first, ...rest]): FateGroup[] => (first ? [[first, ...rest]] : []))
    .toSorted(
      ([a, ...one], [b, ...other]) => fates.indexOf(a.kind) - fates.indexOf(b.kind) || other.length - one.length,
    );
}

export interface FateParts extends Pick<CommandParts, 'platforms'> {
  readonly caller: Caller;
  readonly endpoint: Endpoint;
  readonly mutes: readonly Mute[];
  /** What keeps the group's latest event from being posted there, where today's rules may say more about that. */
  readonly obstacles: readonly Obstacle[] | undefined;
}

/** What keeps a group's latest event from being posted, by today's rules; nothing where they do not keep it. */
export async function obstaclesOf(
  [{ kind, event, route }]: FateGroup,
  { rules, journal }: Pick<CommandParts, 'rules' | 'journal'>,
): Promise<readonly Obstacle[] | undefined> {
  if (!route || !KEPT.includes(kind)) return undefined;
  const whole = await journal.events.get(event.id);
  return whole && rules.obstacles(whole).get(route.routeId);
}

/** One group: what happened, to how many, where, why, and what helps. */
export function describeGroupOf(
  group: FateGroup,
  { platforms, caller, endpoint, mutes, obstacles }: FateParts,
): Markdown {
  const [{ kind, event, route, reason, post }] = group;
  const where = route ? ` in ${escapeMarkdown(describePlace(route, caller, platforms))}` : '';
  const at = post?.plan && 'of' in post.plan && post.plan.of ? post.plan.of.postedAt : undefined;
  const message = at ? ` Look at the message of ${momentMarkdown(new Date(at))}.` : '';
  const when = post?.settledAt ?? event.receivedAt;
  const latest = `${group.length > 1 ? 'the latest ' : ''}${eventLink(event)} ${momentMarkdown(when)} (${inlineCode(event.id)})`;
  const chance = route && describeChance(route, obstacles, { endpoint, mutes });
  const help = chance ?? HELP[kind];
  return `- **${TITLES[kind]}**${where}: ${plural(group.length, 'event')}, ${latest}.${kind === 'posted' ? '' : ` ${capital(sentenceMarkdown(reason))}.${message}`}${help ? ` ${help}` : ''}`;
}

/** The buttons that help with a group. */
export function actionsOf(
  [{ kind, event, post }]: FateGroup,
  { endpoint, obstacles = [] }: Pick<FateParts, 'endpoint' | 'obstacles'>,
): readonly CommandAction[] {
  if (kind === 'failed')
    return [{ label: 'Try again', command: 'failed', options: { endpoint: endpoint.id, retry: 'true' } }];
  if (kind === 'deleted' || kind === 'noise' || kind === 'unrouted')
    return [{ label: 'Post it now', command: 'replay', options: { event: event.id } }];
  const muteId = post?.state === 'held' && !heldByRoute(post.muteId) ? post.muteId : undefined;
  const isNamed = obstacles.some((obstacle) => obstacle.by === 'mute');
  return [
    ...obstacleActions(obstacles, endpoint),
    ...(muteId !== undefined && !isNamed
      ? [{ label: 'Unmute', command: 'unmute', options: { endpoint: endpoint.id, mute: muteId } }]
      : []),
  ];
}

/** What today's rules may say more about. */
const KEPT: readonly FateKind[] = ['hidden', 'filtered', 'muted', 'held', 'noise'];

const TITLES: Readonly<Record<FateKind, Markdown>> = {
  failed: 'Could not be posted',
  deleted: 'Posted and deleted there',
  set_aside: 'Set aside',
  hidden: 'Hidden by a rule',
  filtered: 'Filtered',
  muted: 'Muted',
  held: 'Kept for later',
  noise: 'Left out as noise',
  unrouted: 'No route yet',
  rolled_up: 'In a roll-up',
  elsewhere: 'In another message',
  given_up: 'Given up',
  waiting: 'On its way',
  posted: 'Posted',
};

const HELP: Readonly<Partial<Record<FateKind, Markdown>>> = {
  failed: '**Try again** once the reason is gone.',
  deleted: '**Post it now** posts it once more.',
  set_aside: '**Replay** tries once more.',
  unrouted: '`/webhook route` adds a channel for what comes next.',
  elsewhere: '`/webhook route … follow=new` gives each its own message.',
};

function capital(text: Markdown): Markdown {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
