import type { Arrivals } from '../../src/core/event/noted/silence.ts';
import { DAY, MINUTE } from '../../src/core/text/duration.ts';
import { learnRhythm, type Rhythm } from '../../src/relay/silence/rhythm.ts';

const LEARNED_FROM = 28 * DAY;
const LEARNED_EVERY = DAY;

export interface Walk {
  /** When an alarm was raised though the sender went on. */
  readonly alarms: readonly number[];
  /** Whether anything was known of it in the end. */
  readonly isKnown: boolean;
}

/** What is said of a sender while it goes on delivering, each rhythm learned of what had arrived by then. */
export function walk(arrivals: readonly Arrivals[]): Walk {
  const alarms: number[] = [];
  let learned: { readonly at: number; readonly rhythm: Rhythm | undefined } = { at: 0, rhythm: undefined };
  const learnAt = (count: number, at: number) => ({ at, rhythm: learnedOf(arrivals, count, at) });
  for (let index = 1; index < arrivals.length; index++) {
    const [since, next] = [arrivals[index - 1]?.to ?? 0, arrivals[index]?.from ?? 0];
    // What is learned anew in a long silence may say what was not said before.
    for (let now = Math.min(next, since + LEARNED_EVERY); ; now = Math.min(next, now + LEARNED_EVERY)) {
      if (now - learned.at >= LEARNED_EVERY) learned = learnAt(index, now);
      if (learned.rhythm?.isSilent(since, now) && learned.at < since) learned = learnAt(index, now);
      if (learned.rhythm?.isSilent(since, now)) alarms.push(now);
      if (now === next || alarms.at(-1) === now) break;
    }
  }
  return { alarms, isKnown: learned.rhythm !== undefined };
}

export interface Stop {
  readonly usual: number;
  /** How long it took until the silence counted. */
  readonly noticed: number;
  /** The longest time without a delivery in the weeks before. */
  readonly longest: number;
}

/** How soon it is noticed that a sender delivers nothing from a moment on; nothing where no rhythm is known. */
export function stopAt(arrivals: readonly Arrivals[], stop: number): Stop | undefined {
  const count = arrivals.findLastIndex(({ to }) => to < stop) + 1;
  const since = arrivals[count - 1]?.to ?? 0;
  const rhythm = learnedOf(arrivals, count, stop);
  if (!rhythm) return undefined;
  let [low, high] = [0, (56 * DAY) / MINUTE];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rhythm.isSilent(since, since + middle * MINUTE)) high = middle;
    else low = middle + 1;
  }
  const gaps = arrivals.slice(1, count).map(({ from }, index) => from - (arrivals[index]?.to ?? from));
  return { usual: rhythm.usualGap(since), noticed: low * MINUTE, longest: gaps.reduce((a, b) => Math.max(a, b), 0) };
}

function learnedOf(arrivals: readonly Arrivals[], count: number, at: number): Rhythm | undefined {
  const known = arrivals.slice(0, count);
  return learnRhythm(known.slice(known.findIndex(({ from }) => from >= at - LEARNED_FROM)));
}
