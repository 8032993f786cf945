import { type CommandParts, defineCommand } from '../core/command/command.ts';
import { handlingMarkdown } from '../core/command/handling-desk.ts';
import { type Caller, owns } from '../core/command/permission.ts';
import { reply } from '../core/command/reply.ts';
import type { VisibleJournal } from '../core/command/view.ts';
import type { Ping } from '../core/event/decision.ts';
import type { EventSummary, EventWithPosts } from '../core/event/event.ts';
import { eventLine, eventLink, stateMarks } from '../core/event/event-line.ts';
import type { Because, Plan, StandingMessage } from '../core/event/plan.ts';
import type { StoredPost } from '../core/event/post.ts';
import type { Refusal } from '../core/event/refusal.ts';
import { inlineCode, quoted, sentenceMarkdown } from '../core/message/markdown/inline-code.ts';
import { type CommandAction, escapeMarkdown, type Markdown, momentMarkdown } from '../core/message/message.ts';
import { isSamePlace } from '../core/settings/channel.ts';
import { isPending } from '../core/settings/pending.ts';
import { describePlace } from './shared/find-place.ts';
import { testActions } from './shared/test-action.ts';

const OTHERS = 5;
const REFUSALS = 5;
const RECENT_POSTS = 50;
/** Posts of an event that are looked at. */
const POSTS = 50;

export default defineCommand({
  summary: 'Say why an event was posted, held or dropped, or why nothing arrived',
  help: 'Takes an event’s id, a delivery id, an endpoint or words of the title. Without any, it explains the last event posted in this channel.',
  examples: ['/webhook why', '/webhook why 1234', '/webhook why api-alerts', '/webhook why deploy failed'],
  permission: 'member',
  options: {
    event: {
      type: 'string',
      positional: true,
      rest: true,
      optional: true,
      complete: 'event',
      example: '1234',
      description: 'An event, a delivery id, an endpoint or words',
    },
  },

  async run({ options, caller }, parts) {
    const { found, others } =
      options.event === undefined ? await lastPosted(caller, parts) : await search(options.event, parts);
    const event = found && (await parts.journal.events.getWithPosts(found, POSTS));
    return event ? explain(event, others, caller, parts) : explainAbsence(options.event, caller, parts);
  },
});

interface Found {
  readonly found: string | undefined;
  readonly others: readonly EventSummary[];
}

async function lastPosted(caller: Caller, { view, journal }: CommandParts): Promise<Found> {
  const here = (await view.endpoints()).filter(({ routes }) => routes.some((route) => isSamePlace(route, caller)));
  const lists = await Promise.all(here.map(({ id }) => journal.posts.list({ endpointId: id, limit: RECENT_POSTS })));
  const [last] = lists
    .flat()
    .filter((post) => post.eventId && !post.refresh && isSamePlace(post, caller))
    .toSorted((a, b) => Number(b.id) - Number(a.id));
  return { found: last?.eventId, others: [] };
}

async function search(what: string, { view, journal }: CommandParts): Promise<Found> {
  const id = what.replace(/^#/, '');
  const byId = /^\d{1,18}$/.test(id) ? await journal.events.get(id) : undefined;
  if (byId) return { found: byId.id, others: [] };
  const endpoint = await view.lookUp(what);
  const [first, ...others] = await journal.events.list({
    limit: OTHERS + 1,
    ...(endpoint ? { endpointId: endpoint.id } : { q: what }),
  });
  return { found: first?.id, others: first?.deliveryId === what ? [] : others };
}

async function explain(
  { event, posts }: EventWithPosts,
  others: readonly EventSummary[],
  caller: Caller,
  { view, journal, platforms, handling, publicUrl }: CommandParts,
) {
  const subject = await handling.of(event);
  const people = subject ? handlingMarkdown(subject.handling) : '';
  const { id, decision, state, receivedAt, endpointId } = event;
  const endpoint = await view.lookUp(endpointId);
  const steps = decision?.steps
    .filter(({ step }) => step !== 'route')
    .map(({ text }) => `- ${sentenceMarkdown(text)}`) ?? ['- not yet decided: this takes a moment, try again'];
  const routes = decision?.routes.map(({ routeId, outcome, reason, mentioned = [], ...place }) => {
    const where = escapeMarkdown(describePlace(place, caller, platforms));
    const mine = posts.filter((post) => post.routeId === routeId);
    const became = mine.map(describePost);
    const rolledUp = mine.map(({ plan }) => plan).find((plan) => plan?.act === 'rollUp');
    const how = outcome === 'post' && became.length ? [] : [`${OUTCOMES[outcome]}, ${sentenceMarkdown(reason)}`];
    return [
      `- **${where}**: ${[...how, ...became].join('; ')}`,
      ...mentioned.map((ping) => describePing(ping, rolledUp)),
    ].join('\n');
  });
  const failed = posts.filter((post) => post.state === 'failed');
  const held = posts.find((post) => post.state === 'held');
  const refusals = endpoint && owns(caller, endpoint) ? await refusalsSince(receivedAt, endpoint.id, journal) : [];
  return reply(
    [
      `${eventLink(event)}\n${stateMarks[state]} · ${inlineCode(endpoint?.name ?? 'a deleted endpoint')} · received ${momentMarkdown(receivedAt)} · ${inlineCode(id)}`,
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
      actions: [
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
        ...(held?.muteId && endpoint
          ? [{ label: 'Unmute', command: 'unmute', options: { endpoint: endpoint.name, mute: held.muteId } }]
          : []),
        ...findActions(refusals),
        { label: 'Replay', command: 'replay', options: { event: id } },
        { label: 'Open', url: `${publicUrl}/#/events/${id}` },
      ],
      data: { event: { id, state, deliveryId: event.deliveryId, decision: decision ?? null }, posts },
    },
  );
}

const OUTCOMES = { post: 'to be posted', hold: 'held', drop: 'not posted' } as const;

function describePing({ name, outcome, reason }: Ping, rolledUp: Plan | undefined): Markdown {
  const who = escapeMarkdown(name);
  if (outcome === 'ping' && rolledUp?.act === 'rollUp')
    return rolledUp.pings?.includes(name)
      ? `  - pings ${who}, once for all in the roll-up`
      : `  - does not ping ${who}: the roll-up stood already, and an edit pings nobody, or it is not critical`;
  return outcome === 'ping' ? `  - pings ${who}` : `  - does not ping ${who}: ${sentenceMarkdown(reason)}`;
}

function describePost({ state, attempts, error, settledAt, ref, plan, template, refresh }: StoredPost): Markdown {
  const tries = attempts > 1 ? ` after ${attempts} attempts` : '';
  const without = ref?.leftOut?.length ? `, without ${escapeMarkdown(ref.leftOut.join(', '))}` : '';
  const by = template === 'generic' ? ', without a template' : template ? `, by ${inlineCode(template)}` : '';
  if (state === 'posted') return `${describePlan(plan, settledAt)}${tries}${by}${without}`;
  if (state === 'failed' && refresh)
    return `its message could not be brought up to date: ${sentenceMarkdown(error ?? 'no reason was given')}`;
  if (state === 'failed') return `failed${tries}: ${sentenceMarkdown(error ?? 'no reason was given')}`;
  if (state === 'held') return 'held until the mute ends';
  if (state === 'dropped') return `dropped ${settledAt ? momentMarkdown(settledAt) : ''}`;
  return error ? `waiting to try again${tries}: ${sentenceMarkdown(error)}` : 'on its way';
}

/** What was done with a post, and when. */
function describePlan(plan: Plan | undefined, settledAt: Date | undefined): Markdown {
  const at = settledAt ? ` ${momentMarkdown(settledAt)}` : '';
  switch (plan?.act) {
    case undefined:
    case 'post':
      return plan?.because && plan.after
        ? `posted again${at}, ${REASONS[plan.because](standing(plan.after))}`
        : `posted${at}`;
    case 'edit':
      return `edited ${standing(plan.of)}${at && `,${at}`}`;
    case 'count':
      return `counted on ${standing(plan.of)}, which says the same${at && `,${at}`}`;
    case 'reply':
      return `answered in the thread of ${standing(plan.of)}${at && `,${at}`}`;
    case 'keep':
      return `shown nowhere${at}: ${standing(plan.of)} shows what came later`;
    case 'rollUp':
      return plan.of ? `in the roll-up of ${moment(plan.of)}${at && `,${at}`}` : `in a roll-up${at}`;
    case 'gathered':
      return `gathered into ${standing(plan.of)}, with what came later`;
  }
}

const REASONS: Readonly<Record<Because, (earlier: Markdown) => Markdown>> = {
  again: (earlier) => `since ${earlier} was over`,
  worse: (earlier) => `since it is worse than in ${earlier}, and a change of that would notify nobody`,
  reminder: (earlier) => `since ${earlier} says the same, but long ago`,
  ping: (earlier) => `since a change of ${earlier} would ping nobody`,
  gone: (earlier) => `since ${earlier} could not be changed any more`,
  rolledUp: (earlier) => `since ${earlier} shows many others as well`,
};

function standing(message: StandingMessage): Markdown {
  return `the message of ${moment(message)}`;
}

function moment({ postedAt }: StandingMessage): Markdown {
  return momentMarkdown(new Date(postedAt));
}

async function explainAbsence(
  what: string | undefined,
  caller: Caller,
  { view, journal, pending, samples }: CommandParts,
) {
  const endpoints = await view.endpoints();
  const named = what === undefined ? undefined : await view.lookUp(what);
  const own = (named ? [named] : endpoints).filter((endpoint) => owns(caller, endpoint));
  const refusals = (await Promise.all(own.map(({ id }) => journal.refusals.list({ endpointId: id, limit: REFUSALS }))))
    .flat()
    .toSorted((a, b) => b.at.getTime() - a.at.getTime())
    .slice(0, REFUSALS);
  const held = named && own.length ? await pending.count(named.id) : 0;
  if (named && held)
    return reply(
      `${inlineCode(named.name)} holds ${held === 1 ? 'one request' : `${held} requests`} and has posted nothing of it: ${isPending(named) ? 'nobody has said yet who sends' : 'it could not be verified'}.`,
      {
        title: 'Why',
        actions: [{ label: 'Look at it', command: 'confirm', options: { endpoint: named.name }, style: 'primary' }],
        data: { held },
      },
    );
  const nameOf = (id: string) => endpoints.find((endpoint) => endpoint.id === id)?.name ?? id;
  const first = named
    ? `${inlineCode(named.name)} has no event in the journal.`
    : what === undefined
      ? 'Bellhop has posted no event in this channel lately.'
      : `Nothing in the journal matches ${quoted(what)}: it never arrived, was refused, or was too old to be kept.`;
  const body = refusals.length
    ? [
        `The latest refused deliveries:\n${refusals.map((refusal) => describeRefusal(refusal, nameOf(refusal.endpointId))).join('\n')}`,
        ADVICE,
      ]
    : [
        own.length
          ? 'No delivery was refused either, so the provider has not reached the URL.'
          : 'Only an endpoint’s owners see its refused deliveries.',
        CHECKS,
      ];
  return reply([first, ...body].join('\n\n'), {
    title: 'Why',
    severity: refusals.length ? 'warning' : 'info',
    actions: [
      ...findActions(refusals),
      ...(named ? testActions(named, { samples }) : [{ label: 'Endpoints', command: 'list', options: {} }]),
    ],
    data: {
      code: 'not_found',
      refusals: refusals.map(({ id, endpointId, at, reason, status }) => ({
        id,
        endpoint: nameOf(endpointId),
        at,
        reason,
        status,
      })),
    },
  });
}

const ADVICE =
  'If the signature does not match, the provider signs with another secret or in another way: `/webhook identify` finds out which, and `/webhook rotate` makes a new secret.';
const CHECKS =
  'Check at the provider that the webhook is switched on, that it points at the whole URL (`/webhook show <endpoint> url`), that this kind of event is selected, and what its own delivery log says. `/webhook test <endpoint>` shows whether the URL can be reached.';

/** The button that finds out how the latest of them was signed. */
function findActions(refusals: readonly Refusal[]): CommandAction[] {
  const latest = refusals.find(({ status }) => status === 401);
  return latest ? [{ label: 'Find the scheme', command: 'identify', options: { event: `r${latest.id}` } }] : [];
}

function describeRefusal({ id, at, reason, status }: Refusal, endpoint?: string): Markdown {
  return `- ${inlineCode(`r${id}`)} ${momentMarkdown(at)}${endpoint ? ` ${inlineCode(endpoint)}` : ''} ${status}: ${sentenceMarkdown(reason)}`;
}

async function refusalsSince(
  since: Date,
  endpointId: string,
  { refusals }: VisibleJournal,
): Promise<readonly Refusal[]> {
  return (await refusals.list({ endpointId, limit: REFUSALS })).filter(({ at }) => at > since);
}
