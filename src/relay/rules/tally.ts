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

/** Counts what becomes of events before and after a change, and keeps examples. */
export function createTally() {
  const sums = { before: { posted: 0, held: 0, dropped: 0 }, after: { posted: 0, held: 0, dropped: 0 } };
  const counts = { changed: 0, severities: 0, gained: 0, lost: 0, grave: 0 };
  const examples = {
    gains: [] as TriedEvent[],
    losses: [] as TriedEvent[],
    reseverities: [] as TriedEvent[],
    graves: [] as TriedEvent[],
  };
  const faults = new Map<string, { problem: string; events: number }>();

  return {
    add(event: StoredEvent, { before, after, about }: Decided): void {
      count(sums.before, before);
      count(sums.after, after);
      const own = about.severity ?? 'info';
      const [was, becomes] = [before.severity ?? own, after.severity ?? own];
      const [gains, losses] = [postedOnly(after, before), postedOnly(before, after)];
      for (const { fault } of after.steps) {
        if (!fault) continue;
        const known = faults.get(fault.condition) ?? { problem: fault.problem, events: 0 };
        faults.set(fault.condition, { ...known, events: known.events + 1 });
      }
      const isHeld = outcomes(before) !== outcomes(after);
      if (!gains.length && !losses.length && !isHeld && was === becomes) return;
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
      });
      const note = (kind: keyof typeof examples) => {
        if (examples[kind].length < EXAMPLES) examples[kind].push(tried());
      };
      if (gains.length && ++counts.gained) note('gains');
      if (losses.length && ++counts.lost) note('losses');
      if (was !== becomes && ++counts.severities) note('reseverities');
      const isSevere = was === 'critical' || becomes === 'critical' || own === 'critical';
      const isLost = losses.length > 0 && after.routes.every(({ outcome }) => outcome === 'drop');
      if (isSevere && isLost && ++counts.grave) note('graves');
    },
    result(): Omit<Trial, 'since' | 'events' | 'partial' | 'missing'> {
      return {
        ...sums,
        ...counts,
        ...examples,
        faults: [...faults].map(([condition, fault]) => ({ condition, ...fault })),
      };
    },
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

function outcomeOn({ routes }: Decision, routeId: string): RouteDecision['outcome'] | undefined {
  return routes.find((route) => route.routeId === routeId)?.outcome;
}

function outcomes({ routes }: Decision): string {
  return routes.map(({ routeId, outcome }) => `${routeId} ${outcome}`).join('\n');
}
