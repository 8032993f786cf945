import { isNoise } from '../facts/fact-names.ts';
import { headOf } from '../payload/names.ts';
import { GRAVITIES, STATE_HEADS } from '../vocabulary.ts';
import { addressOf } from '../web-address.ts';
import { cellText } from './cell-text.ts';
import type { Row } from './flatten.ts';

/** What things are called by, the best first. */
export const FIRST = new Map(
  'name title alertname alert_name check_name test_name job_name metric summary subject message comment label host hostname instance server service device component key id_short sku product item path file filename'
    .split(' ')
    .map((name, rank) => [name, rank]),
);
/** What distinguishes things of one kind. */
export const TELLING =
  /^(?:value|current_value|actual|threshold|error_threshold|expected|severity|priority|duration|duration_\w+|elapsed|response_time|latency|count|total|amount|price|quantity|qty|email|author|user|branch|ref|stage|step|size|score|event|type|reason|error|message|description|summary|time_taken|region|zone|environment|version|exit_code|url_path|method|percent|usage|free|used)$/;

/** A column's name without those above it. */
export function ownName(column: string): string {
  return column.slice(column.lastIndexOf('.') + 1);
}

/** How late a column stands; nothing for one that nobody would read. */
export function columnCost(column: string, rows: readonly Row[]): number | undefined {
  const [own, parent] = [ownName(column), column.split('.').at(-2) ?? ''];
  const depth = column.split('.').length - 1;
  const values = rows.map((row) => row.get(column));
  const shown = values.map((value) => (value === undefined ? undefined : cellText(value)));
  if (shown.every((text) => text === undefined) || (rows.length > 1 && new Set(shown).size === 1 && own !== 'message'))
    return undefined;
  if (
    depth > 0 &&
    /^(?:repository|repo|project|owner|assignee|avatar|links?|_links|meta|metadata|config)$/.test(parent)
  )
    return undefined;
  if (FIRST.has(own) && shown.some((text) => /\p{L}/u.test(text ?? '')))
    return (
      (FIRST.get(own) ?? 0) + depth * 12 + (parent !== '' && /user|author|actor|creator|by$/.test(parent) ? 60 : 0)
    );
  if (STATE_HEADS.has(headOf(own)) || own === 'state') return 30 + depth * 10;
  if (GRAVITIES.has(own)) return 36 + depth * 10;
  if (TELLING.test(own)) return depth > 0 && /^(?:description|message|type)$/.test(own) ? undefined : 42 + depth * 12;
  if (isNoise(own) || depth > 1 || /^(?:active|when|manual|allow_failure|is_shared|shared)$/.test(own))
    return undefined;
  return 80 + depth * 20;
}

/** Things without a name are distinguished by their addresses. */
export function addressCost(column: string, rows: readonly Row[]): number | undefined {
  const values = rows.map((row) => row.get(column));
  return /^(?:url|address|endpoint|link)$/.test(column) &&
    new Set(values).size > 1 &&
    values.every((value) => addressOf(value)?.for === 'people')
    ? 0
    : undefined;
}
