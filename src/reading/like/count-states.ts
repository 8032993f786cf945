import type { Severity } from '../../core/message/severity.ts';
import { singular, spoken } from '../payload/names.ts';
import type { LikeThings } from './like-things.ts';

/** `2 down · 1 up`: how many are in each state, the most severe first. */
export function countStates({ rows, count }: LikeThings): string | undefined {
  const states = Map.groupBy(
    rows.filter(({ state }) => state !== undefined),
    ({ state }) => (state ?? '').toLowerCase().replaceAll('_', ' '),
  );
  if (states.size === 0 || states.size > 4 || rows.length < count || rows.some(({ state }) => state === undefined))
    return undefined;
  const order = { critical: 0, warning: 1, info: 2, good: 3 } as const;
  return states
    .entries()
    .toArray()
    .toSorted(
      ([, a], [, b]) => order[a[0]?.severity ?? 'info'] - order[b[0]?.severity ?? 'info'] || b.length - a.length,
    )
    .map(([state, things]) => `${things.length} ${state}`)
    .join(', ');
}

/** `3 results: 1 failed, 2 passed`. */
export function countThings(things: LikeThings): string {
  const noun = spoken(things.name);
  const many = `${things.count.toLocaleString('en-US')} ${things.count === 1 ? singular(noun) : noun}`;
  const states = countStates(things);
  return states ? `${many}: ${states}` : many;
}

/** The severity of the most severe of them. */
export function worstOf({ rows }: LikeThings): Severity | undefined {
  return mostSevere(rows.map(({ severity }) => severity));
}

export function mostSevere(severities: readonly (Severity | undefined)[]): Severity | undefined {
  return (['critical', 'warning', 'info', 'good'] as const).find((severity) => severities.includes(severity));
}
