import type { Chore } from '../../schedule/shared/chore.ts';

type Chores = ReadonlyMap<string, Chore>;

/** The chores that each node does for itself, and those that one does for all. */
export function splitChores(chores: Chores): readonly [everywhere: Chores, forAll: Chores] {
  const isEverywhere = ([, { everywhere }]: readonly [string, Chore]) => everywhere === true;
  return [new Map([...chores].filter(isEverywhere)), new Map([...chores].filter((each) => !isEverywhere(each)))];
}
