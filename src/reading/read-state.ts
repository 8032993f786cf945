import { type Severity, severityOf } from '../core/message/severity.ts';
import { headOf, qualifierOf } from './payload/names.ts';
import type { Branch, Leaf, Walked } from './payload/walk.ts';
import { NOT_NOW, PEOPLE, STATE_HEADS, WATCHES } from './vocabulary.ts';
import { termOf } from './words.ts';

/** How something stands, in the sender's own word. */
export interface State {
  readonly word: string;
  readonly severity: Severity | undefined;
  /** What stands so. */
  readonly owner: Branch;
  /** What the name says of what stands so: `payment` of `payment_status`; empty where it says nothing. */
  readonly part: string;
}

interface Candidate extends State {
  readonly cost: number;
}

const WORD_LIMIT = 60;
/** A bad state this much further away still counts before a good one. */
const BAD_REACH = 8;
const OVER = /^(?:resolved?|recovered|recovery|closed?|fixed|cleared?|merged|ok|up)$/i;
const GOOD_FLAGS = /^(?:is_)?(?:success|successful|succeeded|ok|passed|healthy|up|successful_sync|sync_success)$/;
const BAD_FLAGS =
  /^(?:is_|has_)?(?:failed|failure|error|errors|errored|down|is_down|offline|crashed|broken|alerting|unhealthy|timed_out)$/;
const EXIT = /^(?:exit|return)_?(?:code|status|value)$/;
/** Some build tools number how a run ended. */
const RESULTS = new Map<string, { readonly word: string; readonly severity: Severity }>([
  ['0', { word: 'succeeded', severity: 'good' }],
  ['1', { word: 'warnings', severity: 'warning' }],
  ['2', { word: 'failed', severity: 'critical' }],
  ['3', { word: 'skipped', severity: 'info' }],
  ['4', { word: 'exception', severity: 'critical' }],
  ['5', { word: 'to be retried', severity: 'info' }],
  ['6', { word: 'cancelled', severity: 'info' }],
]);
/** A name that says in words what a state's number means. */
const WORDED =
  /(?:^|_)(?:state|status)_(?:value|name|text|label|description)$|^(?:alert|event|notification)_type_(?:friendly_)?name$|^alert_type$|_type_friendly_name$|^cleare?d?$/;
const OBJECT_WORDS = new Map(
  ['name', 'value', 'label', 'text', 'title', 'description', 'slug', 'type', 'state'].map((name, rank) => [name, rank]),
);

/** The decisive word on how it went: a conclusion before a status, the event's own before its parts', and bad before good. */
export function readState({ leaves, root }: Walked): State | undefined {
  const watched = root.leaves
    .concat(root.branches.flatMap((branch) => branch.leaves))
    .some(({ name, owner }) => WATCHES.has(owner.name) || /^monitor/.test(name));
  const candidates = leaves.flatMap((leaf) => candidateOf(leaf, watched) ?? []).toSorted((a, b) => a.cost - b.cost);
  const [best] = candidates;
  if (!best || best.severity === 'critical' || OVER.test(best.word)) return best;
  const bad = candidates.find(({ severity, cost }) => severity === 'critical' && cost <= best.cost + BAD_REACH);
  return bad ?? best;
}

function candidateOf(leaf: Leaf, watched: boolean): Candidate | undefined {
  const { owner, value } = leaf;
  if (owner.aside || owner.sample || Array.isArray(value) || isForeign(owner)) return undefined;
  const found = ofName(leaf, watched);
  if (!found) return undefined;
  const { word, severity, rank } = found;
  const [kind = ''] = owner.path.slice(-1);
  const nested = owner.path.length * 4;
  // What judges is a gate, whatever its own state is called.
  const judged = /gate|verdict|conclusion/.test(kind) ? -1 : 0;
  return { word, severity, owner, part: partOf(leaf), cost: rank + nested + judged };
}

/** Parts that are a state's own, not of what stands so. */
const OWN_PARTS =
  /^(?:is|has|current|new|overall|final|build|alert|event|order|job|run|check|test|issue|ticket|task|incident|monitor|host|service|detailed|display|public|raw|state|status|result|response|http|delivery|call|internal|external|processing|workflow|stage|action|sync|system|work|publish|online|short|long)(?:_|$)/;

function partOf({ name }: Leaf): string {
  const part = STATE_HEADS.has(headOf(name)) ? qualifierOf(name) : '';
  return OWN_PARTS.test(part) ? '' : part;
}

function ofName(
  { name, value, owner }: Leaf,
  watched: boolean,
): { word: string; severity: Severity | undefined; rank: number } | undefined {
  const flag = flagOf(value);
  if (flag !== undefined) return ofFlag(name, flag);
  if (EXIT.test(name) && /^-?\d{1,5}$/.test(String(value)))
    return Number(value) === 0
      ? { word: 'succeeded', severity: 'good', rank: 4 }
      : { word: `exit code ${value}`, severity: 'critical', rank: 9 }; // A word says it better.
  const numbered = name === 'results' ? RESULTS.get(String(value)) : undefined;
  if (numbered) return { ...numbered, rank: 1 };
  const words = name.split('_');
  if (words.some((word) => NOT_NOW.has(word))) return undefined;
  const rank = STATE_HEADS.get(headOf(name));
  if (rank !== undefined && (typeof value === 'number' || /^[01]$/.test(String(value))))
    return watched && (Number(value) === 0 || Number(value) === 1) && headOf(name) === 'status'
      ? { word: Number(value) === 1 ? 'up' : 'down', severity: Number(value) === 1 ? 'good' : 'critical', rank }
      : undefined;
  const word = termOf(value, WORD_LIMIT);
  if (!word || !/\p{L}/u.test(word) || word.split(/\s+/).length > 5) return undefined;
  const severity = severityOf(word);
  if (rank !== undefined) return { word, severity, rank: rank + (qualifierOf(name) === '' ? 0 : 1) };
  if (WORDED.test(name))
    return severity === undefined && !/state|status/.test(name) ? undefined : { word, severity, rank: 6 };
  const inner =
    headOf(owner.name) === 'gate' || owner.leaves.some((leaf) => STATE_HEADS.has(leaf.name))
      ? undefined
      : STATE_HEADS.get(headOf(owner.name));
  const place = OBJECT_WORDS.get(name);
  if (inner !== undefined && place !== undefined && !owner.name.split('_').some((part) => NOT_NOW.has(part)))
    return { word, severity, rank: inner + place / 10 - 4 };
  return undefined;
}

function ofFlag(name: string, flag: boolean): { word: string; severity: Severity; rank: number } | undefined {
  if (GOOD_FLAGS.test(name))
    return flag ? { word: 'succeeded', severity: 'good', rank: 5 } : { word: 'failed', severity: 'critical', rank: 2 };
  if (BAD_FLAGS.test(name) && flag)
    return { word: name.endsWith('down') ? 'down' : 'failed', severity: 'critical', rank: 2 };
  return name === 'resolved' && flag ? { word: 'resolved', severity: 'good', rank: 5 } : undefined;
}

function flagOf(value: Leaf['value']): boolean | undefined {
  if (typeof value === 'boolean') return value;
  return value === 'true' || value === 'True' ? true : value === 'false' || value === 'False' ? false : undefined;
}

const STANDING =
  /^(?:repository|repo|project|organization|team|account|workspace|board|bucket|page|channel|forkee|head|base|source|target|destination)$/;

/** Whether an object is a person or a place, whose state is another matter. */
function isForeign({ path }: Branch): boolean {
  return path.some((name) => PEOPLE.has(name) || PEOPLE.has(headOf(name)) || STANDING.test(name));
}
