import { plainNumber } from '../../core/text/plain-number.ts';
import type { Branch, Leaf } from '../payload/walk.ts';
import { NUMBERS } from '../vocabulary.ts';
import { partsOf } from './parts-of.ts';
import type { Thing } from './thing.ts';

/** People call these by the number they have, even where it is the key of a table. */
export const COUNTED = new Set(
  'issue pull_request pullrequest merge_request ticket build job adhoc_command ad_hoc_command inventory_update project_update system_job pipeline order invoice task story incident'.split(
    ' ',
  ),
);

/** The number that people call a thing by. */
export function numberOf(place: Branch, kind: string): Pick<Thing, 'number'> {
  let best: { readonly rank: number; readonly number: string } | undefined;
  const parts = partsOf(place);
  for (const { leaves } of parts)
    for (const { name, value } of leaves) {
      const rank = NUMBERS.get(name) ?? (name === 'id' && isSpoken(String(value), kind, parts) ? 90 : undefined);
      const number = rank !== undefined && (!best || rank < best.rank) ? toNumber(name, value) : undefined;
      if (rank !== undefined && number) best = { rank, number };
    }
  return best ? { number: best.number } : {};
}

/** Whether people call a thing by its id: where its kind is numbered, or its page's address ends with it. */
function isSpoken(id: string, kind: string, parts: readonly Branch[]): boolean {
  if (!/^\d{1,7}$/.test(id)) return false;
  if (COUNTED.has(kind)) return true;
  return parts.some(({ leaves }) =>
    leaves.some(
      ({ value }) =>
        typeof value === 'string' && /^https?:/.test(value) && value.replace(/\/+$/, '').endsWith(`/${id}`),
    ),
  );
}

function toNumber(name: string, value: Leaf['value']): string | undefined {
  if (typeof value === 'number' || typeof value === 'bigint')
    return Number.isInteger(Number(value)) && value > 0 ? `#${plainNumber(value)}` : undefined;
  if (typeof value !== 'string' || value.length > 24) return undefined;
  if (/^#?\d{1,12}$/.test(value)) return `#${value.replace('#', '')}`;
  if (name === 'build_number' && /^\d{1,9}\b/.test(value)) return `#${Number.parseInt(value, 10)}`;
  return /^[\p{Lu}][\p{Lu}\d_]{0,14}[-#]\d{1,9}$/u.test(value) ||
    (name !== 'key' && /^#?[\w/-]*\d[\w/-]*$/.test(value) && value.length <= 16)
    ? value
    : undefined;
}
