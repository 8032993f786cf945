import { toMoment } from '../../core/text/moment.ts';
import { plainNumber } from '../../core/text/plain-number.ts';
import type { Scalar } from '../payload/scalar.ts';
import { isTelling, toPlainTerm } from '../words.ts';

const CELL_LIMIT = 200;

/** A value as a cell holds it; nothing for addresses, hashes and long texts. */
export function cellText(value: Scalar): string | undefined {
  if (typeof value === 'number' || typeof value === 'bigint')
    return Number(value) > 1e9 && toMoment(value) !== undefined ? undefined : plainNumber(value);
  const term = typeof value === 'string' && value.length > CELL_LIMIT ? value.slice(0, CELL_LIMIT) : toPlainTerm(value);
  if (term === undefined || /^https?:\/\//.test(term)) return undefined;
  return typeof value === 'boolean' || isTelling(term) || /^\d[\d.,]*$/.test(term) ? term : undefined;
}
