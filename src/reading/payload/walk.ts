import { holdsSecret } from '../../core/text/mask-secrets.ts';
import { isSecretName } from '../../core/text/secret-name.ts';
import { ASIDE, PEOPLE, WRAPPERS } from '../vocabulary.ts';
import { EMBEDDED_LIMIT, embeddedJson } from './embedded.ts';
import { keysOf } from './keys.ts';
import { mapItems } from './map-items.ts';
import { plainName, singular } from './names.ts';
import { pairOf } from './pairs.ts';
import { isObject, isScalar, type Scalar, toScalar, wrappedScalar } from './scalar.ts';

/** One value that a payload holds, or a list of such. */
export interface Leaf {
  readonly name: string;
  /** What the sender calls it in words, where it says so. */
  readonly label?: string;
  readonly value: Scalar | readonly Scalar[];
  readonly owner: Branch;
}

/** An object of a payload. */
export interface Branch {
  readonly name: string;
  /** The names that lead to it, without those that only wrap. */
  readonly path: readonly string[];
  /** How many objects it lies in, wrappers too. */
  readonly depth: number;
  readonly owner: Branch | undefined;
  /** Whether it is only the first of several like it. */
  readonly sample: boolean;
  /** Whether it speaks of something else than the event, such as the one before. */
  readonly aside: boolean;
  readonly leaves: Leaf[];
  readonly branches: Branch[];
  readonly lists: List[];
}

/** Several objects side by side. */
export interface List {
  readonly name: string;
  readonly owner: Branch;
  readonly items: readonly Readonly<Record<string, unknown>>[];
  /** How many there are; `items` may be fewer. */
  readonly count: number;
}

/** A payload as far as anybody would read it, the outermost first. */
export interface Walked {
  readonly root: Branch;
  readonly branches: readonly Branch[];
  readonly leaves: readonly Leaf[];
  readonly lists: readonly List[];
}

const NODE_LIMIT = 1_500;
/** Databases and search engines keep their own books under such names. */
const INTERNAL =
  /^_+(?!raw|id|time|links|embedded|source|type|state|status|title|name|message|data|text|anon|event|version|key)/i;
const DEPTH_LIMIT = 9;
const LIST_LIMIT = 100;
const TEXT_LIST_LIMIT = 20;

/** Goes through a payload once, breadth first, and stops where a person would have stopped long before. */
export function walk(payload: Readonly<Record<string, unknown>>): Walked {
  const root = branchOf('', undefined);
  const walked = { root, branches: [root], leaves: [] as Leaf[], lists: [] as List[] };
  const queue: [Branch, Readonly<Record<string, unknown>>][] = [[root, payload]];
  let [nodes, embedded] = [0, 0];

  const addLeaf = (owner: Branch, name: string, value: Leaf['value'], label?: string) => {
    if (label !== undefined && holdsSecret(label)) return;
    const leaf = { name, value, owner, ...(label !== undefined && { label }) };
    owner.leaves.push(leaf);
    walked.leaves.push(leaf);
  };
  const addBranch = (owner: Branch, name: string, value: Readonly<Record<string, unknown>>, sample = owner.sample) => {
    if (owner.depth >= DEPTH_LIMIT || (isSecretName(name) && !PEOPLE.has(name))) return;
    const branch = branchOf(name, owner, sample);
    owner.branches.push(branch);
    walked.branches.push(branch);
    queue.push([branch, value]);
  };
  const addList = (owner: Branch, name: string, value: readonly unknown[]) => {
    const pairs = value.length > 0 && value.length <= LIST_LIMIT ? value.map(pairOf) : [];
    if (pairs.length > 0 && pairs.every((pair) => pair !== undefined)) {
      const holder = branchOf(name, owner, owner.sample, SETTINGS.test(name));
      owner.branches.push(holder);
      walked.branches.push(holder);
      for (const [label, scalar] of pairs) addLeaf(holder, plainName(label), scalar, label);
      return;
    }
    const scalars = value.slice(0, LIST_LIMIT).flatMap((item) => toScalar(item) ?? []);
    const objects = value.slice(0, LIST_LIMIT).filter(isObject);
    const [first] = objects;
    if (!first) {
      if (scalars.length > 0) addLeaf(owner, name, scalars.slice(0, TEXT_LIST_LIMIT));
      return;
    }
    if (value.length === 1) return addBranch(owner, singular(name), first);
    const list = { name, owner, items: objects, count: value.length };
    owner.lists.push(list);
    walked.lists.push(list);
    // Of several actions at the top the first is what was done, and the rest is what it brought about.
    const leads = name === 'actions' && owner === root;
    addBranch(owner, name === 'errors' ? 'error' : singular(name), first, owner.sample || !leads);
  };
  const add = (owner: Branch, key: string, value: unknown) => {
    const name = plainName(key);
    if (value === null || value === undefined || value === '' || name === '' || INTERNAL.test(key)) return;
    if (holdsSecret(key)) return;
    if (typeof value === 'string') {
      const inner = embedded < EMBEDDED_LIMIT ? embeddedJson(value, EMBEDDED_LIMIT - embedded) : undefined;
      if (!inner) return addLeaf(owner, name, value);
      embedded += value.length;
      return add(owner, key, inner);
    }
    if (isScalar(value)) return addLeaf(owner, name, value);
    if (Array.isArray(value)) return addList(owner, name, value);
    if (!isObject(value)) return;
    const map = mapItems(name, value);
    if (map) return addList(owner, name, map);
    const scalar = wrappedScalar(value);
    const pair = scalar === undefined ? pairOf(value) : undefined;
    if (scalar !== undefined) addLeaf(owner, name, scalar);
    else if (pair) addLeaf(owner, name, pair[1], pair[0]);
    else addBranch(owner, name, value);
  };

  // The queue grows while it is worked through.
  for (const [branch, value] of queue) {
    if (nodes >= NODE_LIMIT) break;
    for (const key of keysOf(value)) {
      if (++nodes > NODE_LIMIT) break;
      add(branch, key, value[key]);
    }
  }
  return walked;
}

/** Lists of named values under these names are how something was set, not what it says. */
const SETTINGS = /propert|param|variable|env|header|config|setting|argument|metadata|attribute/;

function branchOf(name: string, owner: Branch | undefined, sample = owner?.sample ?? false, setting = false): Branch {
  const wraps = owner === undefined || WRAPPERS.has(name) || name.split('_').every((word) => WRAPPERS.has(word));
  const aside =
    setting ||
    (owner?.aside ?? false) ||
    ASIDE.has(name) ||
    /^(?:old|previous|prev|before|original)_|_(?:before|previous|old)$/.test(name);
  const path = owner === undefined ? [] : wraps ? owner.path : [...owner.path, name];
  return {
    name,
    path,
    depth: owner === undefined ? 0 : owner.depth + 1,
    owner,
    sample,
    aside,
    leaves: [],
    branches: [],
    lists: [],
  };
}
