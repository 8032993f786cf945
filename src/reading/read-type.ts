import { plainName } from './payload/names.ts';
import type { Leaf, Walked } from './payload/walk.ts';
import { activityOf } from './verbs.ts';
import { THINGS, TYPES } from './vocabulary.ts';

const ENUM = /^[\p{L}][\p{L}\p{N}]*(?:[._:/ -]{1,2}[\p{L}\p{N}]+)*$/u;
const OPAQUE = /\d{4,}|[\da-f]{12,}|^v?\d/i;
/** Words that say of an event that it is one. */
const VAGUE =
  /^(?:events?|notification(?:s|_event)?|event_notification|webhooks?(?:_event)?|message|default|object|data|unknown|hook|json|info|payload|request|web|api|al|system|n_a|none|null|true|false|test_event|event_callback|message_card|adaptive_card|resource|document|standard)$/;
/** What wraps a thing has the thing's type, not the event's. */
const HOLDERS = new Set([
  'data',
  'object',
  'item',
  'resource',
  'attributes',
  'record',
  'fields',
  'properties',
  'content',
  'result',
  'object_attributes',
  'new',
  'current',
  'after',
]);
const LENGTH_LIMIT = 100;

/** The event's type by the first enum-like name that has one; nothing where none does. What was done joins what it was done to: `Issue` and `create` are `Issue.create`. */
export function readType({ root, branches, leaves }: Walked, envelope?: string): string | undefined {
  const found = leaves.reduce<{ readonly cost: number; readonly value: string } | undefined>((best, leaf) => {
    const cost = costOf(leaf);
    return cost !== undefined && (!best || cost < best.cost) ? { cost, value: String(leaf.value).trim() } : best;
  }, undefined);
  const action = actionOf({ root, branches });
  const done = action !== undefined && activityOf(typeWords(action)) ? action : undefined;
  if (found)
    return done && !activityOf(typeWords(found.value)) && done !== found.value ? `${found.value}.${done}` : found.value;
  if (envelope !== undefined) return envelope;
  if (!done) return action;
  const thing = branches.find(
    ({ name, sample, path }) => !sample && path.length === 1 && THINGS.has(name) && done !== name,
  );
  const kind = thing?.name ?? kindOf(branches);
  return kind ? `${kind}.${done}` : done;
}

/** Whether a type says nothing but that something happened. */
export function isVague(type: string): boolean {
  return VAGUE.test(typeWords(type).join('_'));
}

/** What was done, where a payload says it apart from its type. */
export function readAction(walked: Pick<Walked, 'root' | 'branches'>): string | undefined {
  const action = actionOf(walked);
  return action !== undefined && activityOf(typeWords(action)) ? action : undefined;
}

function actionOf({ root, branches }: Pick<Walked, 'root' | 'branches'>): string | undefined {
  const found = root.leaves
    .concat(wrapped(branches))
    .find(({ name, value }) => /^(?:action|event_action|operation)$/.test(name) && isEnum(value));
  return found && String(found.value);
}

/** The words of a type, in lower case, without the sender's own name in front: `jira:issue_deleted` is about an issue that was deleted. */
export function typeWords(type: string): readonly string[] {
  const [, sender, rest] = /^([\w-]{1,30}):(.*)$/s.exec(type) ?? [];
  const named =
    sender === undefined || THINGS.has(plainName(sender)) || SPLIT.has(sender) || wordsOf(rest ?? '').length < 2;
  return wordsOf(named ? type : (rest ?? ''));
}

function wordsOf(type: string): readonly string[] {
  return type
    .replace(/^(?:com|org|io|net|dev)\.[\w-]+\./i, '')
    .split(/[.:/ ]+/)
    .flatMap((part) => plainName(part).split('_'))
    .filter(Boolean)
    .flatMap((word) => (SPLIT.get(word) ?? word).split(' '));
}

/** Kinds that senders write as one word. */
const SPLIT = new Map([
  ['pullrequest', 'pull request'],
  ['mergerequest', 'merge request'],
  ['userstory', 'user story'],
  ['relateduserstory', 'related user story'],
  ['invoiceitem', 'invoice item'],
  ['checkin', 'check in'],
  ['pr', 'pull request'],
  ['mr', 'merge request'],
]);

/** A wrapper's leaves count as the event's own. */
function wrapped(
  branches: readonly {
    readonly path: readonly string[];
    readonly sample: boolean;
    readonly depth: number;
    readonly leaves: readonly Leaf[];
  }[],
) {
  return branches
    .filter(({ path, sample, depth }) => path.length === 0 && !sample && depth > 0)
    .flatMap(({ leaves }) => leaves);
}

const KINDS = /^(?:entity|resource|object|model|record|subject)(?:_type|_kind|_name)?$/;

function kindOf(branches: Walked['branches']): string | undefined {
  const [leaf] = branches.flatMap(({ leaves, path, sample }) =>
    path.length === 0 && !sample ? leaves.filter(({ name, value }) => KINDS.test(name) && isEnum(value)) : [],
  );
  return leaf && String(leaf.value);
}

const ENVELOPES = new Set(
  'meta metadata header headers info context webhook hook event notification trigger delivery envelope'.split(' '),
);
const OF_EVENTS = /^(?:event|event_?name|event_?type|event_?key|event_?code|topic|webhook_?event|hook_?event)$/;

function costOf({ name, value, owner }: Leaf): number | undefined {
  if (owner.path.length > 1 || owner.sample || owner.depth > 3 || !isEnum(value)) return undefined;
  // What is written on the envelope is the event's own.
  if (owner.path.length === 1 && !(ENVELOPES.has(owner.name) && OF_EVENTS.test(name))) return undefined;
  const rank = TYPES.get(name) ?? (/_(?:event|event_type|event_name|topic)$/.test(name) ? 6 : undefined);
  if (rank === undefined) return undefined;
  const words = typeWords(value);
  if (VAGUE.test(words.join('_')) || words.length === 0) return undefined;
  const held = owner.depth > 0 && HOLDERS.has(owner.name) && (name === 'type' || name === 'kind' || name === 'object');
  if (held && !/[.:/]/.test(value) && !activityOf(words)) return undefined;
  // A type that says what was done says more than one that only names a thing.
  return rank + owner.depth * 4 + (/[._:/-]/.test(value) || activityOf(words) ? 0 : 12);
}

function isEnum(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value.length > 1 &&
    value.length <= LENGTH_LIMIT &&
    ENUM.test(value.trim()) &&
    !OPAQUE.test(value) &&
    value.trim().split(/\s+/).length <= 4
  );
}
