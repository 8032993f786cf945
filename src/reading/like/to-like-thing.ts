import { type Severity, severityOf } from '../../core/message/severity.ts';
import { headOf } from '../payload/names.ts';
import { LINKS, STATE_HEADS } from '../vocabulary.ts';
import { addressOf } from '../web-address.ts';
import { cellText } from './cell-text.ts';
import { ownName } from './column-cost.ts';
import type { Row } from './flatten.ts';
import type { LikeThing, LikeThings } from './like-things.ts';

/** One of several things: its cells, where it leads, and how it stands. */
export function toLikeThing(
  row: Row,
  columns: LikeThings['columns'],
  item: Readonly<Record<string, unknown>>,
): LikeThing {
  const state = stateOf(row);
  return {
    cells: columns.map(({ name }) => {
      const value = row.get(name);
      if (typeof value === 'string' && /^https?:\/\//.test(value)) return value.replace(/^https?:\/\//, '');
      return value === undefined || cellText(value) === undefined ? undefined : value;
    }),
    url: linkOf(row),
    state,
    severity: flagSeverity(item) ?? severityOf(state),
  };
}

function stateOf(row: Row): string | undefined {
  let best: { readonly rank: number; readonly word: string } | undefined;
  for (const [name, value] of row) {
    const own = ownName(name);
    const rank = STATE_HEADS.get(headOf(own));
    if (rank === undefined || typeof value !== 'string' || /old|previous|last/.test(name)) continue;
    const cost = rank + name.split('.').length * 10;
    if (value.length <= 40 && (!best || cost < best.rank)) best = { rank: cost, word: value };
  }
  return best?.word;
}

function flagSeverity(item: Readonly<Record<string, unknown>>): Severity | undefined {
  const flag = item.success ?? item.ok ?? item.passed;
  return typeof flag === 'boolean' ? (flag ? 'good' : 'critical') : undefined;
}

function linkOf(row: Row): string | undefined {
  let best: { readonly rank: number; readonly url: string } | undefined;
  for (const [name, value] of row) {
    const rank = LINKS.get(ownName(name));
    if (rank === undefined || (best && rank + name.split('.').length * 5 >= best.rank)) continue;
    const address = addressOf(value);
    if (address?.for === 'people') best = { rank: rank + name.split('.').length * 5, url: address.url };
  }
  return best?.url;
}
