import { UNIT } from '../facts/read-facts.ts';
import { spokenLabel } from '../payload/names.ts';
import type { List } from '../payload/walk.ts';
import { cellText } from './cell-text.ts';
import { addressCost, columnCost, FIRST, ownName } from './column-cost.ts';
import { flatten, type Row } from './flatten.ts';
import type { LikeThings } from './like-things.ts';
import { toLikeThing } from './to-like-thing.ts';

const COLUMN_LIMIT = 4;
const LOOKED_AT = 50;

/** A list as a table: what differs stands in columns, the most telling first. */
export function toTable({ name, items, count }: Pick<List, 'name' | 'items' | 'count'>): LikeThings {
  const flat = items.slice(0, LOOKED_AT).map(flatten);
  const names = new Map<string, number>();
  for (const row of flat) for (const column of row.keys()) names.set(column, (names.get(column) ?? 0) + 1);
  const named = [...names.keys()].some((column) => FIRST.has(ownName(column)));
  const columns = names
    .entries()
    .filter(([_column, filled]) => filled * 2 >= Math.min(flat.length, 20) || filled > 3)
    .flatMap(([column]) => {
      const cost = columnCost(column, flat) ?? (named ? undefined : addressCost(column, flat));
      return cost === undefined ? [] : [{ name: column, cost }];
    })
    .toArray()
    .toSorted((a, b) => a.cost - b.cost);
  const shown: { readonly name: string; readonly label: string }[] = withOnePerson(withoutTwins(columns, flat))
    .slice(0, COLUMN_LIMIT)
    .map(({ name: column }) => ({ name: column, label: labelOf(column) }));
  if (shown.length === 0) shown.push(...nameColumn(flat));
  return { name, count, columns: shown, rows: flat.map((row, index) => toLikeThing(row, shown, items[index] ?? {})) };
}

/** Even where all are called the same, they are called something. */
function nameColumn(rows: readonly Row[]): readonly { readonly name: string; readonly label: string }[] {
  const [name] = [...FIRST.keys()].filter((column) =>
    rows.every((row) => cellText(row.get(column) ?? '') !== undefined),
  );
  return name === undefined ? [] : [{ name, label: labelOf(name) }];
}

const PERSON = /^(?:author|committer|user|creator|actor|owner|assignee|email|login|username)(?:\.|$|_)/;

/** Who wrote and who committed are mostly one, and an address says no more than a name. */
function withOnePerson<Column extends { readonly name: string }>(columns: readonly Column[]): readonly Column[] {
  const first = columns.find(({ name }) => PERSON.test(name));
  return columns.filter((column) => column === first || !PERSON.test(column.name));
}

/** Two columns that say the same are one. */
function withoutTwins<Column extends { readonly name: string }>(
  columns: readonly Column[],
  rows: readonly Row[],
): readonly Column[] {
  const seen = new Set<string>();
  return columns.filter(({ name }) => {
    const key = rows.map((row) => String(row.get(name) ?? '').toLowerCase()).join('\n');
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function labelOf(column: string): string {
  const parts = column.split('.');
  const own = parts.at(-1) ?? '';
  const vague = /^(?:name|title|value|login|display_name|full_name|email|id|key|label|text)$/.test(own);
  return spokenLabel(
    vague && parts.length > 1 ? (parts.at(-2) ?? own) : own.replace(UNIT, '').replace(/_name$/, '') || own,
  );
}
