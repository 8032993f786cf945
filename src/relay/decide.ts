import type { About } from '../core/event/about.ts';
import type { ConditionInput } from '../core/event/condition.ts';
import type { Decision, RouteDecision, Step } from '../core/event/decision.ts';
import { editedWords } from '../core/event/editing/edited.ts';
import type { EventPart, Verification } from '../core/event/event.ts';
import { partWords } from '../core/event/part-words.ts';
import type { Severity } from '../core/message/severity.ts';
import type { Incoming } from '../core/provider/provider.ts';
import { channelLabel } from '../core/settings/channel.ts';
import { muteTimesText } from '../core/settings/describe-mute.ts';
import type { Endpoint } from '../core/settings/endpoint.ts';
import { describeMatch, type Mute, toMuteSubject, type Watched } from '../core/settings/mute.ts';
import { routeHolder } from '../core/settings/route-hold.ts';
import { toInput } from '../filter/to-input.ts';
import { judge } from './deciding/judge.ts';
import { decidePings, type EarlierPing, type Mentions, NOBODY } from './deciding/pings.ts';
import type { Rules } from './deciding/rules.ts';
import { phaseOf } from './following/phase.ts';

/** What a decision depends on. */
export interface Facts {
  readonly endpointId: string;
  readonly type: string;
  readonly about: About;
  readonly verification: Verification;
  /** Which of the events of its delivery it is. */
  readonly part?: EventPart | undefined;
  /** Why it is not worth posting, according to its provider. */
  readonly quiet: string | undefined;
  /** Why only a message that changes as its subject goes on is to show it. */
  readonly unfinished?: string | undefined;
  /** Whom its message names. */
  readonly mentions?: Mentions;
  /** Who was pinged for the same thing a short while ago. */
  readonly earlierPings?: readonly EarlierPing[];
  readonly provider?: string;
  /** What came, for conditions that look into it. */
  readonly incoming?: Pick<Incoming, 'payload' | 'headers'>;
  /** Whether something else was firing when it came. */
  readonly isFiring?: (watched: Watched) => boolean;
}

/** Decides where an event is posted, and says why. Pure: the same facts, rules and moment give the same decision. */
export function decide(facts: Facts, rules: Rules, now: Date): Decision {
  const endpoint = rules.endpoint(facts.endpointId);
  const steps: Step[] = [
    { step: 'verified', text: describeVerification(facts.verification, endpoint) },
    ...(facts.part ? [{ step: 'part', text: `${partWords(facts.part)} in its delivery` } as const] : []),
    { step: 'repeat', text: 'not a repeat' },
  ];
  if (facts.quiet) steps.push({ step: 'quiet', text: `not posted: ${facts.quiet}` });
  else if (facts.unfinished) steps.push({ step: 'quiet', text: `only for \`follow=edit\`: ${facts.unfinished}` });
  if (!endpoint?.routes.length) {
    steps.push({ step: 'route', text: endpoint ? 'no route leads to a channel' : 'the endpoint was deleted' });
    return { decidedAt: now.toISOString(), steps, routes: [] };
  }

  const judged = judge(facts, { endpoint, conditions: rules.conditions(facts.endpointId), now });
  steps.push(...judged.steps);
  const { severity = facts.about.severity ?? 'info' } = judged;
  const input = createInput(facts, { endpoint, severity, now });
  const mute = facts.quiet
    ? undefined
    : rules.mute(facts.endpointId, () => ({
        subject: { ...toMuteSubject(facts.type, facts.about), severity },
        now,
        input,
        isOver: () => phaseOf(facts.about) === 'over',
        isFiring: facts.isFiring ?? (() => false),
        onFault: (condition, problem) =>
          steps.push(toFault({ condition, problem, effect: 'it holds nothing' }, 'a mute')),
      }));
  // Another endpoint may be one that those who read this may not know of.
  const described = mute && describeMute(mute, endpoint);
  if (!facts.quiet) steps.push({ step: 'mute', text: described ?? 'no mute matches' });
  const muted = mute && { id: mute.id, reason: described ?? '' };
  const holds = facts.quiet || mute ? undefined : rules.holds(facts.endpointId);
  const routes = endpoint.routes.map((route): RouteDecision => {
    const { id, platform, channel, channelName, follow } = route;
    const verdict = toVerdict(facts.quiet ?? (follow === 'edit' ? undefined : facts.unfinished), muted);
    const isPosted = verdict.outcome === 'post' && !judged.drops.has(id);
    const held = !isPosted
      ? undefined
      : holds?.get(id)?.({
          now,
          input,
          onFault: (condition, problem) =>
            steps.push({
              ...toFault({ condition, problem, effect: 'the event is posted' }, `what ${labelOf(route)} excepts`),
              routeId: id,
            }),
        });
    const own = held === undefined ? verdict : ({ outcome: 'hold', reason: held, muteId: routeHolder(id) } as const);
    return { routeId: id, platform, channel, channelName, ...(judged.drops.get(id) ?? own) };
  });
  for (const route of routes) {
    const { routeId, outcome, muteId, reason } = route;
    const words = outcome === 'hold' && muteId === routeHolder(routeId) ? reason : WORDS[outcome];
    steps.push({ step: 'route', text: `${labelOf(route)}: ${words}`, routeId });
  }
  const pinging = decidePings(routes, endpoint.routes, {
    mentions: { ...(facts.mentions ?? NOBODY), ...(judged.severity && { severity: judged.severity }) },
    verified: facts.verification.secretId !== undefined,
    people: rules.people,
    earlier: facts.earlierPings ?? [],
    now,
  });
  return {
    decidedAt: now.toISOString(),
    steps,
    routes: pinging,
    ...(judged.severity && { severity: judged.severity }),
  };
}

const WORDS = { post: 'post', hold: 'hold until the mute ends', drop: 'drop' } as const;

/** What conditions see of an event, made when the first one asks. */
function createInput(
  { type, provider, about, incoming }: Facts,
  { endpoint, severity, now }: { readonly endpoint: Endpoint; readonly severity: Severity; readonly now: Date },
): () => ConditionInput {
  let made: ConditionInput | undefined;
  return () => {
    const named = { type, provider: provider ?? endpoint.provider, endpoint: endpoint.name };
    made ??= toInput({ ...named, about, severity, incoming, now });
    return made;
  };
}

function toFault(fault: NonNullable<Step['fault']>, name: string): Step {
  const condition = fault.condition.replaceAll('`', "'").replace(/\s+/g, ' ');
  const text = `the condition of ${name} (\`${condition}\`) cannot be evaluated, so ${fault.effect}: ${fault.problem}`;
  return { step: 'filter', text, fault };
}

function labelOf({ platform, channelName }: Pick<RouteDecision, 'platform' | 'channelName'>): string {
  return `${platform} ${channelLabel(channelName)}`;
}

function toVerdict(
  quiet: string | undefined,
  mute: { readonly id: string; readonly reason: string } | undefined,
): Pick<RouteDecision, 'outcome' | 'reason' | 'muteId'> {
  if (quiet) return { outcome: 'drop', reason: quiet };
  if (mute) return { outcome: 'hold', reason: mute.reason, muteId: mute.id };
  return { outcome: 'post', reason: 'routed' };
}

function describeVerification(
  { secretId, age, covers, handshake, unverified, edited }: Verification,
  endpoint: Endpoint | undefined,
): string {
  if (handshake !== undefined && !secretId)
    return 'not verified: a handshake is answered before a signature is asked for';
  if (edited) return `not verified: ${editedWords(edited)}`;
  if (unverified) return 'not verified: it came before anybody said who sends it, and an owner had it posted';
  if (!secretId && covers?.length) return `verified by a key that the sender publishes: ${describeCover(covers)}`;
  if (!secretId) return 'nothing is signed: only the secret URL protects it';
  const secrets = endpoint?.secrets ?? [];
  const place = secrets.findIndex(({ id }) => id === secretId) + 1;
  const which =
    place && secrets.length > 1
      ? `secret ${place} of ${secrets.length}`
      : place
        ? 'the secret'
        : 'a secret that was retired since';
  const old = age === undefined ? '' : `, ${Math.max(0, age).toFixed(1)} s old`;
  return `verified by ${which}${old}${covers ? `: ${describeCover(covers)}` : ''}`;
}

/** What is not covered could have been written by whoever passed the delivery on. */
function describeCover(covers: NonNullable<Verification['covers']>): string {
  if (covers.length === 0) return 'it is sent along and signs nothing';
  const parts = covers.length > 1 ? `${covers.slice(0, -1).join(', ')} and ${covers.at(-1)}` : covers[0];
  return `it signs the ${parts}${covers.includes('id') ? '' : ', not the delivery id or any other header'}`;
}

/** `muted by Ann until 2026-01-05 14:00 UTC: "deploy night" (source=acme/api)` */
function describeMute(mute: Mute, endpoint: Endpoint): string {
  const { by, reason } = mute;
  return `muted by ${by} ${muteTimesText(mute, [endpoint])}${reason ? `: "${reason}"` : ''} (${describeMatch(mute)})`;
}
