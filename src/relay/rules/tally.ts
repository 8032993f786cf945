import type { Tally, Trial, TriedEvent } from '../../core/command/desks/rule-desk.ts';
import type { About } from '../../core/event/about.ts';
import type { Decision, RouteDecision } from '../../core/event/decision.ts';
import type { StoredEvent } from '../../core/event/event.ts';
import type { Place } from '../../core/settings/channel.ts';

interface Decided {
  readonly before: Decision;
  readonly after: Decision;
  /** Before any rule. */
  readonly about: About;
}

/** Examples of each kind that are kept. */
const EXAMPLES = 10;
const COUNTS = { post: 'posted', hold: 'held', drop: 'dropped' } as const;

/** Counts what becomes of events before and after a change, and keeps examples; of these channels only, where some are given. */
export function createTally(routeIds?: ReadonlySet<string>) {
  const sums = { before: { posted: 0, held: 0, dropped: 0 }, after: { posted: 0, held: 0, dropped: 0 } };
  const counts = { changed: 0, severities: 0, gained: 0, lost: 0, grave: 0 };
  const shares = new Map<string, number>();
  const examples = {
    gains: [] as TriedEvent[],
    losses: [] as TriedEvent[],
    reseverities: [] as TriedEvent[],
    graves: [] as TriedEvent[],
  };
  const faults = new Map<string, Trial['faults'][number]>();

  return {
    add(event: StoredEvent, { about, ...whole }: Decided): void {
      const [before, after] = [narrowed(whole.before, routeIds), narrowed(whole.after, routeIds)];
      count(sums.before, before);
      count(sums.after, after);
      for (const { routeId, outcome } of after.routes)
        shares.set(routeId, (shares.get(routeId) ?? 0) + (outcome === 'post' ? 1 : 0));
      const own = about.severity ?? 'info';
      const [was, becomes] = [before.severity ?? own, after.severity ?? own];
      for (const { fault } of after.steps) {
        // What fails anyhow is not the change's doing.
        if (!fault || whole.before.steps.some((step) => step.fault?.condition === fault.condition)) continue;
        const known = faults.get(fault.condition) ?? { ...fault, events: 0 };
        faults.set(fault.condition, { ...known, events: known.events + 1 });
      }
      if (was === becomes && isSame(before, after)) return;
      const [gains, losses] = [postedOnly(after, before), postedOnly(before, after)];
      counts.changed++;
      const tried = (): TriedEvent => ({
        id: event.id,
        type: event.type,
        title: event.about?.title ?? about.title,
        receivedAt: event.receivedAt,
        severity: was,
        ...(becomes !== was && { becomes }),
        gains,
        losses,
        ...(isHeldInstead(before, after) && { isHeld: true }),
      });
      const note = (kind: keyof typeof examples) => {
        if (examples[kind].length < EXAMPLES) examples[kind].push(tried());
      };
      if (gains.length && ++counts.gained) note('gains');
      if (losses.length && ++counts.lost) note('losses');
      if (was !== becomes && ++counts.severities) note('reseverities');
      const isSevere = was === 'critical' || becomes === 'critical' || own === 'critical';
      const isLost = losses.length > 0 && whole.after.routes.every(({ outcome }) => outcome === 'drop');
      if (isSevere && isLost && ++counts.grave) note('graves');
    },
    result(): Omit<Trial, 'since' | 'events' | 'partial' | 'missing'> {
      return {
        ...sums,
        shares: Object.fromEntries(shares),
        ...counts,
        ...examples,
        faults: [...faults.values()],
      };
    },
  };
}

function narrowed(decision: Decision, routeIds: ReadonlySet<string> | undefined): Decision {
  if (!routeIds) return decision;
  return {
    ...decision,
    routes: decision.routes.filter(({ routeId }) => routeIds.has(routeId)),
    steps: decision.steps.filter(({ routeId }) => routeId === undefined || routeIds.has(routeId)),
  };
}

function count(tally: { -readonly [Count in keyof Tally]: Tally[Count] }, { routes }: Decision): void {
  for (const { outcome } of routes) tally[COUNTS[outcome]]++;
}

/** The channels in which the first decision posts and the second does not. */
function postedOnly(one: Decision, other: Decision): readonly Place[] {
  return one.routes
    .filter(({ outcome, routeId }) => outcome === 'post' && outcomeOn(other, routeId) !== 'post')
    .map(({ platform, channel, channelName }) => ({ platform, channel, channelName }));
}

function isHeldInstead(before: Decision, after: Decision): boolean {
  return before.routes.some(({ outcome, routeId }) => outcome === 'post' && outcomeOn(after, routeId) === 'hold');
}

function outcomeOn({ routes }: Decision, routeId: string): RouteDecision['outcome'] | undefined {
  return routes.find((route) => route.routeId === routeId)?.outcome;
}

/** Whether both decide the same for the same channels. */
function isSame({ routes }: Decision, after: Decision): boolean {
  if (routes.length !== after.routes.length) return false;
  return routes.every(({ routeId, outcome }) => outcomeOn(after, routeId) === outcome);
}
