import { headOf, qualifierOf, spoken } from './payload/names.ts';
import type { Branch, Leaf, Walked } from './payload/walk.ts';
import { deedOf } from './words/verbs.ts';
import { NAMES, NUMBERS, PEOPLE, PLACES, RUNS, THINGS, WATCHES } from './words/vocabulary.ts';
import { headlineOf, plainNumber } from './words/words.ts';

/** What an event is about. */
export interface Thing {
  /** What kind of thing it is, as it is written in a name: `pull_request`; empty where nobody says. */
  readonly kind: string;
  readonly label?: string;
  /** `#12` or `API-15`. */
  readonly number?: string;
  /** Where it stands; the whole payload where it has no place of its own. */
  readonly branch: Branch;
}

interface Candidate {
  readonly cost: number;
  readonly kind: string;
  readonly branch: Branch;
  readonly label?: string | undefined;
  /** Whether it is of a kind that events are about, or named by the type. */
  readonly certain: boolean;
  readonly typed: boolean;
}

const LABEL_HEADS = new Set(['name', 'title', 'summary', 'subject', 'label']);
/** What stands before `_name` or `_title` without naming what the event is about. */
const NEVER =
  /^(?:first|last|full|user|username|author|display|real|nick|file|host|key|event|trigger_event|sender|from|friendly|alert_type|status|state|company|class|method|action|field|package|agent|logger|stage|color|attribute|notification|previous|old|new|integration|workflow|transition|check_type|monitor_type|type|thread|function|server|group|metric|environment|region|branch|country|city|provider|receiver|login|account|organization|category|queue|role|header|icon|font|theme|layout|bot|client_app|device|probe|search_query)$|^(?:parent|grandparent|old|previous|category|class|last|next|avatar)_?|_type$/;
const KIND_NAMES = new Set(['type', 'object', 'kind', 'entity_type', 'friendly_name', 'resource_type']);
/** Names of places whose content says itself what it is. */
export const VESSELS = new Set(
  'recording item resource entity model record object_data metadata subject target element node forkee'.split(' '),
);
const WORK_MESSAGES = new Set(['message', 'text', 'description', 'summary', 'subject', 'title']);
/** People call these by the number they have, even where it is the key of a table. */
export const COUNTED = new Set(
  'issue pull_request pullrequest merge_request ticket build job adhoc_command ad_hoc_command inventory_update project_update system_job pipeline order invoice task story incident'.split(
    ' ',
  ),
);
/** Kinds that mostly say where something happened; only a type that names one makes it the subject. */
const WHERE = new Set(
  'branch commit head_commit last_commit tag list board column milestone sprint stage domain'.split(' '),
);
const WHOLE = new Set([
  'grandparent_title',
  'series_title',
  'show_title',
  'album',
  'artist_name',
  'collection_title',
  'parent_name',
]);

/** The thing an event is about: first the one its type names, then the likeliest one that has a name. */
export function readThing({ root, branches, leaves }: Walked, words: readonly string[]): Thing | undefined {
  const typeWords = nounsOf(words);
  const kind = kindOf(root) || typedKind(typeWords);
  const named = labelOf(root, kind, NAMING);
  const candidates = [
    ...branches.flatMap((branch) => ofBranch(branch, typeWords) ?? []),
    ...leaves.flatMap((leaf) => ofLeaf(leaf, typeWords) ?? []),
  ];
  const best = candidates.reduce<Candidate | undefined>(
    (least, candidate) => (!least || candidate.cost < least.cost ? candidate : least),
    undefined,
  );
  // A name at the top is the thing's own, unless something beside it is surely what the event is about.
  if (named !== undefined && (!best?.certain || (!best.typed && typedKind(typeWords) !== '')))
    return { kind, label: named, ...numberOf(root, kind), branch: root };
  if ((!best || best.branch.sample || (!best.certain && RUNS.has(typedKind(typeWords)))) && typedKind(typeWords) !== '')
    return { kind: typedKind(typeWords), ...numberOf(root, kind), branch: root };
  if (!best) {
    const said = labelOf(root, kind);
    return said === undefined ? undefined : { kind, label: said, ...numberOf(root, kind), branch: root };
  }
  const label = best.label ?? (RUNS.has(best.kind) || WATCHES.has(best.kind) ? named : undefined);
  return {
    kind: best.kind,
    ...(label !== undefined && { label }),
    ...numberOf(best.branch, best.kind),
    branch: best.branch,
  };
}

/** A type's words but for the verb, which may be a noun as well. */
function nounsOf(words: readonly string[]): readonly string[] {
  const deed = deedOf(words);
  return deed ? deed.noun.split(' ').filter(Boolean) : words;
}

/** The kind of thing that an event's type names. */
function typedKind(typeWords: readonly string[]): string {
  for (let length = 2; length > 0; length--)
    for (let start = 0; start + length <= typeWords.length; start++) {
      const kind = typeWords.slice(start, start + length).join('_');
      if (THINGS.has(kind)) return kind;
    }
  return '';
}

function ofBranch(branch: Branch, typeWords: readonly string[]): Candidate | undefined {
  const { path, name, sample, aside, leaves } = branch;
  if (path.length === 0 || path.at(-1) !== name || aside || leaves.length + branch.branches.length === 0)
    return undefined;
  const kind = kindOf(branch) || name;
  const typed = isNamed(name, typeWords) || isNamed(kind, typeWords);
  if (!typed && WHERE.has(kind)) return undefined;
  const rank = THINGS.get(kind) ?? THINGS.get(name) ?? THINGS.get(headOf(name));
  const other =
    PEOPLE.has(name) || PEOPLE.has(headOf(name))
      ? 90
      : PLACES.has(name) && name !== 'monitor' && name !== 'pipeline'
        ? 60
        : 0;
  if (other > 0 && !typed && rank === undefined) return undefined;
  if (
    path
      .slice(0, -1)
      .some((part) => PEOPLE.has(part) || (PLACES.has(part) && !WATCHES.has(part) && part !== 'pipeline'))
  )
    return undefined;
  const label = labelOf(branch, kind);
  if (rank === undefined && label === undefined) return undefined;
  const unnamed = label !== undefined ? 0 : numberOf(branch, kind).number !== undefined ? 8 : 20;
  const cost = (rank ?? 110) / 2 + other + path.length * 8 + (sample ? 30 : 0) - (typed ? 70 : 0) + unnamed;
  return {
    cost,
    kind,
    branch,
    label,
    typed,
    certain: (typed || (rank !== undefined && !sample)) && (label !== undefined || unnamed < 20 || RUNS.has(kind)),
  };
}

function ofLeaf({ name, value, owner }: Leaf, typeWords: readonly string[]): Candidate | undefined {
  if (owner.sample || owner.aside || owner.path.length > 1) return undefined;
  const qualifier = LABEL_HEADS.has(headOf(name))
    ? qualifierOf(name).replace(/_?(?:friendly|full|display|public|short)$/, '')
    : '';
  if (qualifier !== '' && (NEVER.test(qualifier) || PEOPLE.has(qualifier))) return undefined;
  const kind = qualifier || (THINGS.has(name) && owner.path.length === 0 ? name : '');
  if (WHERE.has(kind) && !isNamed(kind, typeWords)) return undefined;
  const label = kind === '' ? undefined : headlineOf(value, 150);
  if (label === undefined || (qualifier === '' && !/\p{L}/u.test(label))) return undefined;
  const rank = THINGS.get(kind) ?? (PLACES.has(kind) ? 150 : 100);
  // A thing's own object says more than a name beside it, unless there is none.
  const typed = isNamed(kind, typeWords);
  const cost = 12 + rank / 2 + owner.path.length * 8 - (typed ? 50 : 0);
  return { cost, kind, branch: owner, label, certain: typed, typed };
}

/** Whether the event's type names a thing, in one or in several words. */
function isNamed(name: string, typeWords: readonly string[]): boolean {
  return (
    ` ${typeWords.join(' ')} `.includes(` ${name.replaceAll('_', ' ')} `) ||
    (name.includes('_') && typeWords.join('').includes(name.replaceAll('_', '')))
  );
}

/** A more exact kind than the name of its place, where the thing says itself what it is: a `recording` may be a `document`. */
function kindOf(branch: Branch): string {
  if (THINGS.has(branch.name) && !VESSELS.has(branch.name)) return branch.name;
  const own = branch.leaves.find(
    ({ name, value }) => KIND_NAMES.has(name) && typeof value === 'string' && /^[A-Za-z][A-Za-z _-]{2,24}$/.test(value),
  );
  const said =
    own &&
    String(own.value)
      .replace(/([a-z])([A-Z])/g, '$1_$2')
      .toLowerCase()
      .replace(/[ -]/g, '_');
  return said !== undefined && THINGS.has(said) ? said : THINGS.has(branch.name) ? branch.name : '';
}

/** As many of the names of labels as name a thing, and do not only speak of it. */
const NAMING = 9;

export function labelOf(place: Branch, kind: string, limit = NAMES.size): string | undefined {
  let best: { readonly cost: number; readonly label: string } | undefined;
  const parts = partsOf(place);
  for (const { leaves, depth } of parts)
    for (const { name, value } of leaves) {
      // What a run says is the message of a commit, or a report of how it went.
      const rank =
        RUNS.has(kind) && WORK_MESSAGES.has(name)
          ? undefined
          : (NAMES.get(name) ?? (kind !== '' && isOwnName(name, kind) ? 0.5 : undefined));
      if (rank !== undefined && rank >= limit) continue;
      const cost = rank === undefined ? undefined : rank + (depth - place.depth) * 2;
      const label = cost !== undefined && (!best || cost < best.cost) ? headlineOf(value, 150) : undefined;
      if (label !== undefined && cost !== undefined) best = { cost, label };
    }
  if (!best) return undefined;
  const whole = parts.flatMap(({ leaves }) => leaves).find(({ name }) => WHOLE.has(name));
  const above = whole && headlineOf(whole.value, 100);
  return above !== undefined && above !== best.label ? `${above} · ${best.label}` : best.label;
}

function isOwnName(name: string, kind: string): boolean {
  return (
    LABEL_HEADS.has(headOf(name)) && qualifierOf(name).replace(/_?(?:friendly|full|display|public|short)$/, '') === kind
  );
}

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

/** An object and what only wraps parts of it. */
export function partsOf(place: Branch): readonly Branch[] {
  const inner = place.branches.filter(
    ({ path, aside, sample }) => path.length === place.path.length && !aside && sample === place.sample,
  );
  return [place, ...inner.flatMap(partsOf)];
}

/** A kind as people say it. */
export function spokenKind(kind: string): string {
  return spoken(kind.replace(/^userstory$/, 'user_story').replace(/^pullrequest$/, 'pull_request'));
}
