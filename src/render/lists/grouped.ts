import { plainText } from '../values/text.ts';
import { ownValue } from '../values/values.ts';

export interface Group {
  readonly key: string;
  readonly items: readonly unknown[];
  readonly count: number;
}

/** Items by what they are, or by what they have under a name, in the order in which each first comes. */
export function grouped(list: readonly unknown[], path: unknown): readonly Group[] {
  const groups = Map.groupBy(list, (item) => plainText(path === undefined ? item : ownValue(item, path)));
  return Array.from(groups, ([key, items]) => ({ key, items, count: items.length }));
}
