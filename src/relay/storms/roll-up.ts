import type { Post } from '../../core/event/post.ts';
import type { RollUpCount, Tally } from '../../core/event/roll-up.ts';

/** Values of one thing, and things, that are counted one by one. */
const MOST = { values: 40, tallies: 12, gravest: 10 } as const;
const VALUE_LENGTH = 60;

/** Counts more events of a source. */
export function rollUp(
  count: RollUpCount | undefined,
  posts: readonly Post[],
  { isOver, isStale }: { readonly isOver: (post: Post) => boolean; readonly isStale: (post: Post) => boolean },
): RollUpCount {
  const counted = posts.reduce<RollUpCount>((sum, post) => addTo(sum, post, isOver(post)), count ?? NOTHING);
  return { ...counted, stale: counted.stale + posts.filter(isStale).length };
}

const NOTHING: RollUpCount = {
  total: 0,
  over: 0,
  stale: 0,
  firstAt: '',
  lastAt: '',
  severities: {},
  tallies: [],
  gravest: [],
};

function addTo(count: RollUpCount, { about, owedAt = new Date(0) }: Post, isOver: boolean): RollUpCount {
  const { title = '', url, severity = 'info' } = about ?? {};
  const at = owedAt.toISOString();
  const gravest =
    severity === 'critical' && count.gravest.length < MOST.gravest && !isOver
      ? [...count.gravest, { title, ...(url !== undefined && { url }) }]
      : count.gravest;
  return {
    ...count,
    total: count.total + 1,
    over: count.over + (isOver ? 1 : 0),
    firstAt: count.firstAt || at,
    lastAt: at,
    severities: { ...count.severities, [severity]: (count.severities[severity] ?? 0) + 1 },
    tallies: valuesOf(about).reduce(addValue, count.tallies),
    gravest,
  };
}

type NamedValue = readonly [name: string, value: string];

/** What events of one source may differ in. */
function valuesOf(about: Post['about']): readonly NamedValue[] {
  const { title, state, actor, labels = {} } = about ?? {};
  const named = { ...labels, what: title, state, by: actor };
  return Object.entries(named).flatMap(([name, value]): readonly NamedValue[] =>
    value ? [[name, value.slice(0, VALUE_LENGTH).toWellFormed()]] : [],
  );
}

function addValue(tallies: readonly Tally[], [name, value]: NamedValue): readonly Tally[] {
  const index = tallies.findIndex((tally) => tally.name === name);
  const tally = tallies[index] ?? { name, values: {}, others: 0 };
  if (index < 0 && tallies.length >= MOST.tallies) return tallies;
  const known = Object.hasOwn(tally.values, value);
  const counted =
    known || Object.keys(tally.values).length < MOST.values
      ? { ...tally, values: { ...tally.values, [value]: (known ? (tally.values[value] ?? 0) : 0) + 1 } }
      : { ...tally, others: tally.others + 1 };
  return index < 0 ? [...tallies, counted] : tallies.with(index, counted);
}

/** A thing by which events differ most, with its most frequent values. */
export interface Difference {
  readonly name: string;
  readonly values: readonly NamedCount[];
  readonly others: number;
}

type NamedCount = readonly [value: string, count: number];

const SHOWN = 3;
/** A thing that scores less does not help to tell the events apart. */
const LEAST_SCORE = 0.05;

/** The things that tell the events apart best: a few values that cover most of them, and none that covers all. */
export function differencesIn({ tallies, total }: RollUpCount, most: number): readonly Difference[] {
  return tallies
    .map((tally) => {
      const values = Object.entries(tally.values).toSorted(([, one], [, other]) => other - one);
      const shown = values.slice(0, SHOWN);
      const covered = shown.reduce((sum, [, count]) => sum + count, 0);
      const score = (covered / total) * (1 - (shown[0]?.[1] ?? 0) / total);
      return { name: tally.name, values: shown, others: total - covered, score };
    })
    .filter(({ score }) => score >= LEAST_SCORE)
    .toSorted((one, other) => other.score - one.score)
    .slice(0, most)
    .map(({ score: _, ...difference }) => difference);
}
