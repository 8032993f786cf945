import { type Severity, severityOf } from '../core/message/severity.ts';
import { isSecretName } from '../core/text/mask-secrets.ts';
import { toMoment } from '../core/text/moment.ts';
import { isNoise } from './facts/fact-names.ts';
import { UNIT } from './facts/read-facts.ts';
import { keysOf } from './payload/keys.ts';
import { headOf, plainName, spokenLabel } from './payload/names.ts';
import { isObject, isScalar, type Scalar, wrappedScalar } from './payload/scalar.ts';
import type { List, Walked } from './payload/walk.ts';
import { addressOf } from './web-address.ts';
import { GRAVITIES, LINKS, STATE_HEADS, WRAPPERS } from './words/vocabulary.ts';
import { isTelling, plainNumber, toPlainTerm } from './words/words.ts';

/** Several things of one kind, as a table of what differs between them. */
export interface LikeThings {
  /** What the sender calls them all. */
  readonly name: string;
  readonly count: number;
  readonly columns: readonly { readonly name: string; readonly label: string }[];
  readonly rows: readonly LikeThing[];
}

export interface LikeThing {
  readonly cells: readonly (Scalar | undefined)[];
  readonly url: string | undefined;
  readonly state: string | undefined;
  readonly severity: Severity | undefined;
}

const COLUMN_LIMIT = 4;
const LOOKED_AT = 50;
const CELL_LIMIT = 200;
/** Lists that say nothing of the event, or that are better said in one line. */
const ASIDE =
  /^(?:labels?|tags?|users?|members|assignees|participants|watchers|followers|reviewers|attendees|acknowledgers|approvers|contacts|recipients|attachments|images|photos|links|headers|cookies|properties|params|parameters|permissions|references|references_.*|fields|fields_.*|custom_fields|blocks|buttons|choices|points|embeds|sections|(?:\w+_)?actions|elements|frames|stack_?trace|stack|modules|breadcrumbs|sites|categories|currencies|phone_numbers|email_addresses|addresses|roles|groups|teams|teams_.*|issue_links|sub_?tasks|notification_channels|contexts|interviews|phones|emails|keyed_custom_fields|education.*|employment.*|history|revisions|languages|options|plans_.*|thumbnails|media|resource_containers|interfaces|exchanges|entries_debug|occurrences|modifications|notes_metadata|configs?|domain_aliases|required_functions)$/;
const FIRST = new Map(
  'name title alertname alert_name check_name test_name job_name metric summary subject message comment label host hostname instance server service device component key id_short sku product item path file filename'
    .split(' ')
    .map((name, rank) => [name, rank]),
);
const TELLING =
  /^(?:value|current_value|actual|threshold|error_threshold|expected|severity|priority|duration|duration_\w+|elapsed|response_time|latency|count|total|amount|price|quantity|qty|email|author|user|branch|ref|stage|step|size|score|event|type|reason|error|message|description|summary|time_taken|region|zone|environment|version|exit_code|url_path|method|percent|usage|free|used)$/;

/** The list a person would look at: the longest one of things that have a name or a state; nothing where there is none. */
export function readLikeThings({ lists }: Walked): LikeThings | undefined {
  const tables = lists
    .filter(
      ({ name, owner, items }) =>
        !ASIDE.test(name) && !owner.aside && !owner.sample && owner.depth < 5 && items.length > 1,
    )
    .map((list) => ({ list, table: toTable(list) }))
    .filter(({ table, list }) => table.columns.length > 0 && isNews(table, list));
  return tables.toSorted((a, b) => weight(b.table, b.list) - weight(a.table, a.list))[0]?.table;
}

const NEWS =
  /^(?:alerts|events|incidents|results|checks|conditions|failures|errors|tests|jobs|items|line_items|entries|records|hosts|builds|stages|commits|changes|rows|matches|vulnerabilities|metrics|monitors|services|components|affected_\w+|eval_matches|findings|products|tasks|steps|hits|problems|issues|orders|files|messages|notifications)$/;

/** Whether a list is what the event is about, not a part of how something is described. */
function isNews({ columns, rows, name }: LikeThings, { owner }: List): boolean {
  const judged =
    rows.some(({ state }) => state !== undefined) ||
    columns.some((column) => TELLING.test(column.name) || GRAVITIES.has(column.name));
  return owner.path.length === 0
    ? judged || NEWS.test(name) || rows.length > 2
    : NEWS.test(name) || (judged && owner.path.length < 2);
}

function weight({ columns, rows, name }: LikeThings, { owner }: List): number {
  const states = rows.some(({ state }) => state !== undefined) ? 6 : 0;
  return columns.length + states + (NEWS.test(name) ? 5 : 0) - owner.path.length * 3;
}

/** A list as a table: what differs stands in columns, the most telling first. */
export function toTable({ name, items, count }: Pick<List, 'name' | 'items' | 'count'>): LikeThings {
  const flat = items.slice(0, LOOKED_AT).map(flatten);
  const names = new Map<string, number>();
  for (const row of flat) for (const column of row.keys()) names.set(column, (names.get(column) ?? 0) + 1);
  const named = [...names.keys()].some((column) => FIRST.has(column.slice(column.lastIndexOf('.') + 1)));
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
  return { name, count, columns: shown, rows: flat.map((row, index) => toRow(row, shown, items[index] ?? {})) };
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

type Row = ReadonlyMap<string, Scalar>;

/** An item's scalars, and those of its objects under both names. */
function flatten(item: Readonly<Record<string, unknown>>): Row {
  const row = new Map<string, Scalar>();
  const add = (value: Readonly<Record<string, unknown>>, prefix: string, depth: number) => {
    for (const key of keysOf(value).slice(0, 60)) {
      const inner = value[key];
      const name = prefix + plainName(key);
      if (isSecretName(name) || isSecretName(plainName(key))) continue;
      const scalar = isScalar(inner) ? inner : isObject(inner) ? wrappedScalar(inner) : undefined;
      if (scalar !== undefined && scalar !== '') row.set(name, scalar);
      else if (isObject(inner) && depth < 3) add(inner, `${name}.`, WRAPPERS.has(plainName(key)) ? depth : depth + 1);
    }
  };
  add(item, '', 0);
  return row;
}

function columnCost(column: string, rows: readonly Row[]): number | undefined {
  const [own, parent] = [column.slice(column.lastIndexOf('.') + 1), column.split('.').at(-2) ?? ''];
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

/** Things without a name are told apart by their addresses. */
function addressCost(column: string, rows: readonly Row[]): number | undefined {
  const values = rows.map((row) => row.get(column));
  return /^(?:url|address|endpoint|link)$/.test(column) &&
    new Set(values).size > 1 &&
    values.every((value) => addressOf(value)?.for === 'people')
    ? 0
    : undefined;
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

function toRow(row: Row, columns: LikeThings['columns'], item: Readonly<Record<string, unknown>>): LikeThing {
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
    const own = name.slice(name.lastIndexOf('.') + 1);
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
    const rank = LINKS.get(name.slice(name.lastIndexOf('.') + 1));
    if (rank === undefined || (best && rank + name.split('.').length * 5 >= best.rank)) continue;
    const address = addressOf(value);
    if (address?.for === 'people') best = { rank: rank + name.split('.').length * 5, url: address.url };
  }
  return best?.url;
}

function labelOf(column: string): string {
  const parts = column.split('.');
  const own = parts.at(-1) ?? '';
  const vague = /^(?:name|title|value|login|display_name|full_name|email|id|key|label|text)$/.test(own);
  return spokenLabel(
    vague && parts.length > 1 ? (parts.at(-2) ?? own) : own.replace(UNIT, '').replace(/_name$/, '') || own,
  );
}

/** A value as a cell holds it; nothing for addresses, hashes and long texts. */
function cellText(value: Scalar): string | undefined {
  if (typeof value === 'number' || typeof value === 'bigint')
    return Number(value) > 1e9 && toMoment(value) !== undefined ? undefined : plainNumber(value);
  const term = typeof value === 'string' && value.length > CELL_LIMIT ? value.slice(0, CELL_LIMIT) : toPlainTerm(value);
  if (term === undefined || /^https?:\/\//.test(term)) return undefined;
  return typeof value === 'boolean' || isTelling(term) || /^\d[\d.,]*$/.test(term) ? term : undefined;
}

/** `2 down · 1 up`: how many stand how, the gravest first. */
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

/** As grave as the gravest of them. */
export function worstOf({ rows }: LikeThings): Severity | undefined {
  return (['critical', 'warning', 'info', 'good'] as const).find((severity) =>
    rows.some((row) => row.severity === severity),
  );
}
