import type { Arrivals } from '../../src/core/event/noted/silence.ts';
import { DAY, HOUR, MINUTE } from '../../src/core/text/duration.ts';

/** A Monday. */
export const START = Date.UTC(2026, 0, 5);

/** How a sender delivers: made of a seed, so that it can be made again. */
export type Pattern = (random: () => number, span: number) => readonly Arrivals[];

/** Ways in which senders deliver, each with something to be taken for an outage. */
export const patterns: Readonly<Record<string, Pattern>> = {
  'every some minutes': (random, span) =>
    clockwork(span, { every: between(random, 1, 60) * MINUTE, late: MINUTE }, random),
  'once a day': (random, span) => clockwork(span, { every: DAY, late: 30 * MINUTE }, random),
  'each night before a working day, and a holiday': (random, span) => {
    const [hour, holiday] = [between(random, 0, 6), aHoliday(random)];
    return clockwork(span, { every: DAY, late: 20 * MINUTE, after: hour * HOUR }, random).filter(({ from }) =>
      isWorkday(dayOf(from), holiday),
    );
  },
  'at random, all the time': (random, span) => {
    const rate = spread(random, 0.3, 60);
    return atRandom(span, () => rate, random);
  },
  'office hours, and a holiday': (random, span) => atRandom(span, office(random, { holidayShare: 0 }), random),
  'office hours, and a slow holiday': (random, span) => atRandom(span, office(random, { holidayShare: 0.15 }), random),
  'office hours with a lunch break': (random, span) => {
    const rate = office(random, { holidayShare: 0 });
    return atRandom(span, (at) => (Math.floor((at % DAY) / HOUR) === 12 ? 0.2 : 1) * rate(at), random);
  },
  'office hours with good days and bad days': (random, span) => {
    const [rate, days] = [office(random, { holidayShare: 0 }), Array.from({ length: 100 }, () => 0.4 + 1.2 * random())];
    return atRandom(span, (at) => (days[dayOf(at)] ?? 1) * rate(at), random);
  },
  'office hours while the clocks change': (random, span) => {
    const [rate, change] = [office(random, { holidayShare: 0 }), START + between(random, 2, 6) * 7 * DAY];
    const by = random() < 0.5 ? HOUR : -HOUR;
    return atRandom(span, (at) => rate(at < change ? at : at + by), random);
  },
  'office hours that become fewer': (random, span) => {
    const rate = office(random, { holidayShare: 0 });
    return atRandom(span, (at) => (1 - (0.5 * (at - START)) / span) * rate(at), random);
  },
  'bursts in office hours': (random, span) => {
    const [rate, size] = [office(random, { holidayShare: 0, largest: 4 }), between(random, 5, 60)];
    return inBursts(atRandom(span, rate, random), size, random);
  },
  'bursts at any time': (random, span) => {
    const [rate, size] = [spread(random, 0.2, 2), between(random, 5, 100)];
    return inBursts(
      atRandom(span, () => rate, random),
      size,
      random,
    );
  },
  'less at night, and on weekends': (random, span) => {
    const [rate, night, weekend, holiday] = [spread(random, 2, 60), random() / 2, random(), aHoliday(random)];
    return atRandom(
      span,
      (at) => {
        const hour = (at % DAY) / HOUR;
        return rate * (hour < 7 || hour > 21 ? night : 1) * (isWorkday(dayOf(at), holiday) ? 1 : weekend);
      },
      random,
    );
  },
  'day and night, hardly any on weekends, and a holiday': (random, span) => {
    const [rate, night, weekend, holiday] = [
      spread(random, 1, 60),
      0.4 + 0.6 * random(),
      random() / 20,
      aHoliday(random),
    ];
    return atRandom(
      span,
      (at) => {
        const hour = (at % DAY) / HOUR;
        return rate * (hour < 7 || hour > 21 ? night : 1) * (isWorkday(dayOf(at), holiday) ? 1 : weekend);
      },
      random,
    );
  },
  'a few a day': (random, span) =>
    atRandom(span, office(random, { holidayShare: 0, smallest: 0.3, largest: 1 }), random),
  'most of it on one day of the week': (random, span) => {
    const [rate, day] = [spread(random, 2, 30), between(random, 0, 5)];
    return atRandom(span, (at) => rate * (dayOf(at) % 7 === day ? 1 : 0.1), random);
  },
  'every hour, and office hours besides': (random, span) =>
    merge(
      clockwork(span, { every: HOUR, late: MINUTE }, random),
      atRandom(span, office(random, { holidayShare: 0 }), random),
    ),
};

/** The minimal standard generator of Park and Miller. */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** Working days from eight or so to six or so, with hardly anything otherwise; one of them is a holiday. */
function office(
  random: () => number,
  {
    holidayShare,
    smallest = 1,
    largest = 60,
  }: { readonly holidayShare: number; readonly smallest?: number; readonly largest?: number },
): (at: number) => number {
  const [rate, holiday, night] = [spread(random, smallest, largest), aHoliday(random), 0.01 * random()];
  const [begin, end] = [between(random, 6, 10), between(random, 15, 20)];
  return (at) => {
    const hour = (at % DAY) / HOUR;
    if (hour < begin || hour >= end || dayOf(at) % 7 > 4) return rate * night;
    return rate * (dayOf(at) === holiday ? Math.max(night, holidayShare) : 1);
  };
}

function aHoliday(random: () => number): number {
  return 14 + 7 * between(random, 0, 5) + between(random, 0, 4);
}

function isWorkday(day: number, holiday: number): boolean {
  return day % 7 < 5 && day !== holiday;
}

function dayOf(at: number): number {
  return Math.floor((at - START) / DAY);
}

/** Each minute brings one with the chance that makes so many an hour. */
function atRandom(span: number, rate: (at: number) => number, random: () => number): readonly Arrivals[] {
  const arrivals: Arrivals[] = [];
  for (let at = START; at < START + span; at += MINUTE)
    if (random() < rate(at) / 60) arrivals.push(toArrivals(at + Math.floor(random() * MINUTE)));
  return arrivals;
}

function clockwork(
  span: number,
  {
    every,
    late,
    missing = 0,
    after = 0,
  }: { readonly every: number; readonly late: number; readonly missing?: number; readonly after?: number },
  random: () => number,
): readonly Arrivals[] {
  return Array.from({ length: Math.floor((span - after) / every) }, (_, index) =>
    toArrivals(START + after + index * every + Math.floor(random() * late)),
  ).filter(() => random() >= missing);
}

/** Each begins a burst of deliveries within the next minutes. */
function inBursts(begins: readonly Arrivals[], size: number, random: () => number): readonly Arrivals[] {
  return merge(
    begins.flatMap(({ from }) =>
      Array.from({ length: between(random, 1, 2 * size) }, () =>
        toArrivals(from + Math.floor(random() * size * MINUTE)),
      ),
    ),
  );
}

/** Those of one minute are one, as the journal counts them. */
function merge(...lists: readonly (readonly Arrivals[])[]): readonly Arrivals[] {
  const minutes = new Map<number, Arrivals>();
  for (const each of lists.flat().toSorted((a, b) => a.from - b.from)) {
    const known = minutes.get(Math.floor(each.from / MINUTE));
    minutes.set(
      Math.floor(each.from / MINUTE),
      known ? { from: known.from, to: each.to, count: known.count + each.count } : each,
    );
  }
  return [...minutes.values()];
}

export function toArrivals(at: number, count = 1): Arrivals {
  return { from: at, to: at, count };
}

/** Each order of magnitude is as likely as any other. */
function spread(random: () => number, least: number, most: number): number {
  return least * (most / least) ** random();
}

function between(random: () => number, least: number, most: number): number {
  return least + Math.floor(random() * (most - least + 1));
}
