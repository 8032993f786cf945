import { humanizeLabel } from '../values/humanize.ts';
import { factRank, isNoise } from './fact-rank.ts';

/** One scalar, or list of scalars, that a payload holds. */
export interface Fact {
  /** Its own name, in lower case with `_` between words. */
  readonly name: string;
  /** The names above it, without list positions. */
  readonly path: readonly string[];
  readonly value: unknown;
  /** Smaller matters more; infinite for what nobody wants to read. */
  readonly rank: number;
}

/** Names that say what their parent is called. */
const PLAIN = new Set(['name', 'title', 'display_name', 'value', 'label', 'text']);

const PLAIN_COST = 6;

const NODE_LIMIT = 1_000;
const DEPTH_LIMIT = 4;
const NAMES_LIMIT = 5_000;

/** Names that only wrap what matters. */
const WRAPPERS = new Set([
  'data',
  'payload',
  'event',
  'attributes',
  'object',
  'body',
  'resource',
  'result',
  'content',
  'params',
  'properties',
  'fields',
  'details',
]);
/** Names that say nothing without the name above. */
const VAGUE = new Set([
  'name',
  'title',
  'status',
  'state',
  'type',
  'value',
  'kind',
  'code',
  'level',
  'count',
  'total',
  'version',
  'date',
  'time',
  'email',
  'result',
  'reason',
  'key',
  'label',
  'text',
  'display_name',
  'number',
  'size',
  'priority',
  'summary',
]);

/** What a payload says that a person could want to know, the outermost first. */
export function payloadFacts(payload: unknown): readonly Fact[] {
  const facts: Fact[] = [];
  let level: readonly { readonly path: readonly string[]; readonly value: unknown }[] = [{ path: [], value: payload }];
  for (let depth = 0; depth < DEPTH_LIMIT && facts.length < NODE_LIMIT; depth++) {
    const next: { readonly path: readonly string[]; readonly value: unknown }[] = [];
    for (const { path, value } of level) {
      for (const [key, child] of entriesOf(value)) {
        const name = snakeCase(key);
        if (isBranch(child)) next.push({ path: [...path, name], value: child });
        else if (facts.length < NODE_LIMIT) facts.push(toFact(name, path, child));
      }
    }
    level = next;
  }
  return facts;
}

function toFact(name: string, path: readonly string[], value: unknown): Fact {
  const above = path.filter((part) => !WRAPPERS.has(part));
  if (isNoise(name, above)) return { name, path, value, rank: Number.POSITIVE_INFINITY };
  const parent = above.at(-1);
  const rank = parent && PLAIN.has(name) ? factRank(parent, above.slice(0, -1)) + PLAIN_COST : factRank(name, above);
  return { name, path, value, rank };
}

/** What people would call it. */
export function factLabel({ name, path }: Fact): string {
  const parent = path.findLast((part) => !WRAPPERS.has(part));
  if (!parent || !VAGUE.has(name)) return humanizeLabel(name.replace(/_(?:ms|seconds|secs?|bytes)$/, ''));
  return humanizeLabel(PLAIN.has(name) ? parent : `${parent} ${name}`);
}

/** A list of many is not looked into: its items would speak for one another. */
function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  const one = Array.isArray(value) ? (value.length === 1 ? value[0] : undefined) : value;
  return typeof one === 'object' && one !== null && !Array.isArray(one) ? Object.entries(one).slice(0, NODE_LIMIT) : [];
}

function isBranch(value: unknown): boolean {
  if (Array.isArray(value)) return value.some((item) => typeof item === 'object' && item !== null);
  return typeof value === 'object' && value !== null;
}

const names = new Map<string, string>();

/** A sender uses the same few names for ever, so they are kept. */
function snakeCase(key: string): string {
  const known = names.get(key);
  if (known !== undefined) return known;
  const name = key
    .slice(0, 80)
    .replace(/^[@$]|^.*:/g, '')
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1_$2')
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '')
    .toLowerCase();
  if (names.size < NAMES_LIMIT && key.length <= 80) names.set(key, name);
  return name;
}
