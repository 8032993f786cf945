import type { CommandParts, Reply } from '../../../core/command/command.ts';
import { handlingMarkdown } from '../../../core/command/desks/handling-desk.ts';
import { type Caller, owns } from '../../../core/command/permission.ts';
import { reply } from '../../../core/command/reply.ts';
import type { RouteDecision } from '../../../core/event/decision.ts';
import type { EventSummary, EventWithPosts } from '../../../core/event/event.ts';
import { eventLine, eventLink, stateWords } from '../../../core/event/event-line.ts';
import { inlineCode, sentenceMarkdown } from '../../../core/message/markdown/inline-code.ts';
import { type Action, escapeMarkdown, type Markdown, momentMarkdown } from '../../../core/message/message.ts';
import { heldByRoute } from '../../../core/settings/route-hold.ts';
import { describePlace } from '../find-place.ts';
import { describeChance, obstacleActions } from './chances.ts';
import { describePing, describePost } from './describe-post.ts';
import { describeRefusal, findActions, refusalsSince } from './refused.ts';
import { findGone } from './standing.ts';

/** Says of an event, for each of its channels, what happened there, what did it, and what would have posted it. */
export async function explainEvent(
  found: EventWithPosts,
  others: readonly EventSummary[],
  { caller, parts }: { readonly caller: Caller; readonly parts: CommandParts },
): Promise<Reply> {
  const { event, posts } = found;
  const { view, journal, platforms, handling, rules, publicUrl } = parts;
  const { id, decision, state, receivedAt, endpointId } = event;
  const subject = await handling.of(event);
  const people = subject ? handlingMarkdown(subject.handling) : '';
  const endpoint = await view.lookUp(endpointId);
  const isKept = decision?.routes.some(({ outcome }) => outcome !== 'post') === true;
  const obstacles = isKept ? rules.obstacles(event) : undefined;
  const mutes = isKept ? await view.mutes(endpointId) : [];
  const gone = await findGone(posts, parts);
  const steps = decision?.steps
    .filter(({ step }) => step !== 'route')
    .map(({ text }) => `- ${sentenceMarkdown(text)}`) ?? ['- not yet decided: this takes a moment, try again'];
  const routes = decision?.routes.map((route) => {
    const chance = describeChance(route, obstacles?.get(route.routeId), { endpoint, mutes });
    const where = escapeMarkdown(describePlace(route, caller, platforms));
    return describeRoute(route, { where, chance, posts, gone });
  });
  const failed = posts.filter((post) => post.state === 'failed');
  const kept = decision?.routes.filter(({ outcome }) => outcome !== 'post') ?? [];
  const inTheWay = kept.flatMap(({ routeId }) => obstacles?.get(routeId) ?? []);
  const refusals = endpoint && owns(caller, endpoint) ? await refusalsSince(receivedAt, endpoint.id, journal) : [];
  const held = posts.find((post) => post.state === 'held' && heldByRoute(post.muteId) === undefined);
  const isMuteKnown = inTheWay.some((obstacle) => obstacle.by === 'mute' && obstacle.id === held?.muteId);
  const actions: readonly Action[] = [
    ...(failed.length && endpoint
      ? [
          {
            label: 'Try again',
            command: 'failed',
            options: { endpoint: endpoint.name, retry: 'true' },
            style: 'primary' as const,
          },
        ]
      : []),
    ...(held?.muteId && endpoint && !isMuteKnown
      ? [{ label: 'Unmute', command: 'unmute', options: { endpoint: endpoint.name, mute: held.muteId } }]
      : []),
    ...(endpoint ? obstacleActions(inTheWay, endpoint) : []),
    ...findActions(refusals),
    { label: 'Replay', command: 'replay', options: { event: id } },
    { label: 'Open', url: `${publicUrl}/#/events/${id}` },
  ];
  return reply(
    [
      `${eventLink(event)}\n${stateWords[state]} · ${inlineCode(endpoint?.name ?? 'a deleted endpoint')} · received ${momentMarkdown(receivedAt)} · ${inlineCode(id)}`,
      steps.join('\n'),
      ...(routes?.length ? [routes.join('\n')] : []),
      ...(people ? [people] : []),
      ...(refusals.length
        ? [`Refused since then:\n${refusals.map((refusal) => describeRefusal(refusal)).join('\n')}`]
        : []),
      ...(others.length
        ? [`Earlier events that match:\n${others.map((other) => `- ${eventLine(other)}`).join('\n')}`]
        : []),
    ].join('\n\n'),
    {
      title: 'Why',
      severity: failed.length ? 'warning' : 'info',
      actions,
      data: {
        event: { id, state, deliveryId: event.deliveryId, decision: decision ?? null },
        posts,
        ...(gone.size > 0 && { deleted: [...gone] }),
      },
    },
  );
}

interface Fate extends Pick<EventWithPosts, 'posts'> {
  readonly where: Markdown;
  readonly chance: Markdown | undefined;
  readonly gone: ReadonlySet<string>;
}

/** One channel on one line: what happened, what did it, and what would have posted it; then whom it pings. */
function describeRoute(
  { routeId, outcome, reason, mentioned = [] }: RouteDecision,
  { where, chance, posts, gone }: Fate,
): Markdown {
  const mine = posts.filter((post) => post.routeId === routeId);
  const became = mine.map((post) => describePost(post, { gone: gone.has(post.id) }));
  const rolledUp = mine.map(({ plan }) => plan).find((plan) => plan?.act === 'rollUp');
  const how = outcome === 'post' && became.length ? [] : [`${OUTCOMES[outcome]}, ${sentenceMarkdown(reason)}`];
  const line = [...how, ...became].join('; ');
  return [
    `- **${where}**: ${line}${chance ? `. ${chance}` : ''}`,
    ...mentioned.map((ping) => describePing(ping, rolledUp)),
  ].join('\n');
}

const OUTCOMES = { post: 'to be posted', hold: 'held', drop: 'not posted' } as const;
