import type { Condition, ConditionInput } from '../../core/event/condition.ts';
import {
  fitsMute,
  type Mute,
  type MuteField,
  type MutePatterns,
  type MuteSubject,
  toMutePatterns,
  type Watched,
} from '../../core/settings/mute.ts';
import { type HoursWatch, watchHours } from '../../core/text/calendar/weekly-hours.ts';
import { matchesPattern } from '../../core/text/matches-pattern.ts';
import { toCondition } from '../../filter/to-condition.ts';

/** What mutes ask of an event. Only some ask more than what it is. */
export interface MuteQuestion {
  readonly subject: MuteSubject;
  readonly now: Date;
  /** Whether it says that its subject is over. */
  readonly isOver: () => boolean;
  /** What conditions see of it. */
  readonly input: () => ConditionInput;
  /** Whether something else is firing at that moment. */
  readonly isFiring: (watched: Watched) => boolean;
  /** Called for a condition that could not be evaluated: its mute holds nothing then. */
  readonly onFault: (condition: string, problem: string) => void;
}

interface ReadyMute {
  readonly mute: Mute;
  readonly until: number;
  readonly patterns: MutePatterns;
  /** What it asks besides; nothing for a plain mute. */
  readonly asks?: { readonly hours?: HoursWatch; readonly where?: Condition };
}

/** Mutes of one endpoint, found by the literal beginning of one of their patterns. */
export interface MuteIndex {
  readonly always: ReadyMute[];
  readonly byField: Map<MuteField, Map<number, Map<string, ReadyMute[]>>>;
}

export function addTo(index: MuteIndex, mute: Mute): void {
  const ready = toReady(mute);
  // The longest literal beginning is the most selective one.
  const [best] = ready.patterns
    .map(([name, pattern]) => ({ name, prefix: pattern.split('*', 1)[0] ?? '' }))
    .toSorted((a, b) => b.prefix.length - a.prefix.length);
  if (!best?.prefix) {
    index.always.push(ready);
    return;
  }
  const byLength = index.byField.get(best.name) ?? new Map<number, Map<string, ReadyMute[]>>();
  const byPrefix = byLength.get(best.prefix.length) ?? new Map<string, ReadyMute[]>();
  const group = byPrefix.get(best.prefix) ?? [];
  group.push(ready);
  byPrefix.set(best.prefix, group);
  byLength.set(best.prefix.length, byPrefix);
  index.byField.set(best.name, byLength);
}

function toReady(mute: Mute): ReadyMute {
  const { match, until, every, where } = mute;
  const plain = {
    mute,
    until: until === undefined ? Number.POSITIVE_INFINITY : Date.parse(until),
    patterns: toMutePatterns(match),
  };
  if (!every && !where && !mute.while && !mute.ends) return plain;
  return {
    ...plain,
    asks: { ...(every && { hours: watchHours(every) }), ...(where !== undefined && { where: toCondition(where) }) },
  };
}

/** The mute that holds an event longest, if any does. */
export function longest(index: MuteIndex, question: MuteQuestion): Mute | undefined {
  const { subject } = question;
  const now = question.now.getTime();
  let found: ReadyMute | undefined;
  const consider = (candidates: readonly ReadyMute[]) => {
    for (const ready of candidates)
      if (
        ready.until > now &&
        (!found || ready.until > found.until) &&
        fitsMute(ready.patterns, subject) &&
        (!ready.asks || holds(ready, question))
      )
        found = ready;
  };
  consider(index.always);
  for (const [name, byLength] of index.byField) {
    const text = subject[name];
    if (text === undefined) continue;
    for (const [length, byPrefix] of byLength) consider(byPrefix.get(text.slice(0, length)) ?? []);
  }
  return found?.mute;
}

/** Whether a mute that asks more than what an event is holds it. What costs least is asked first. */
function holds({ mute, asks }: ReadyMute, question: MuteQuestion): boolean {
  if (asks?.hours && !asks.hours.at(question.now.getTime())) return false;
  // What ends a mute is what everybody waits for.
  if (mute.ends && question.isOver()) return false;
  if (mute.while && (isWatched(mute, question.subject) || !question.isFiring(mute.while))) return false;
  if (!asks?.where) return true;
  const answer = asks.where.test(question.input());
  if (typeof answer === 'boolean') return answer;
  question.onFault(asks.where.text, answer.problem);
  return false;
}

/** Whether an event is about the very thing that its mute waits for: nobody else would say that it is over. */
function isWatched({ endpointId, while: watched }: Mute, { subject = '' }: MuteSubject): boolean {
  if (watched?.endpointId !== endpointId) return false;
  return watched.subject === undefined || matchesPattern(subject, watched.subject);
}
