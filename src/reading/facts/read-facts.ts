import { isSecretName } from '../../core/text/secret-name.ts';
import { headOf, spokenLabel } from '../payload/names.ts';
import type { Branch, Leaf, Walked } from '../payload/walk.ts';
import { isPerson, nameOf } from '../read-actor.ts';
import { GRAVITIES, NAMES, NUMBERS, PEOPLE, PLACES, PROSE, STATE_HEADS } from '../vocabulary.ts';
import { headlineOf } from '../words.ts';
import { factRank, isNoise } from './fact-names.ts';
import { type Amount, CENTS, isCurrencyName, readAmount } from './read-amount.ts';

/** One thing a payload says that a person could want to know. */
export interface Fact {
  readonly name: string;
  readonly label: string;
  readonly value: Leaf['value'];
  readonly rank: number;
  readonly amount?: Amount;
  /** Whether the sender counts time in milliseconds. */
  readonly inMilliseconds: boolean;
}

/** Names that say what their parent is called. */
const PLAIN = new Set(['name', 'title', 'display_name', 'full_name', 'value', 'label', 'text']);
const PLAIN_COST = 6;
/** Names that say nothing without the name above. */
const VAGUE = new Set(
  'name title status state type value kind code level count total version date time email result reason key label text display_name number size priority summary description message path method'.split(
    ' ',
  ),
);
/** Objects with these names are left out: the about names them already, or nobody needs them. */
const IN_ABOUT = new Set(
  (
    'repository repo project sender user actor author owner creator created_by pusher account organization company person workspace bucket provider committer page forkee head base ' +
    'participant reviewer watcher follower member user_info target last_commit head_repo base_repo merged_by'
  ).split(' '),
);
const DEPTH_LIMIT = 2;
const PROSE_LIMIT = 120;

/** The facts of a payload, those that matter most first. */
export function readFacts({ branches, leaves }: Walked, typeWords: readonly string[], thing?: Branch): readonly Fact[] {
  const inMilliseconds = leaves.some(
    ({ name, value }) => /(?:time|timestamp|_at|date|_on)$/.test(name) && /^1\d{12}$/.test(String(value)),
  );
  return [
    ...branches.flatMap((branch) => ofPerson(branch, inMilliseconds, thing) ?? []),
    ...leaves.flatMap((leaf) => toFact(leaf, { typeWords, inMilliseconds, thing }) ?? []),
  ].toSorted((a, b) => a.rank - b.rank);
}

/** People who have a part in an event, by their part. */
const CONCERNED = new Set(
  'assignee assigned_to customer contact lead candidate recipient subscriber requester reporter buyer client guest visitor attendee approver'.split(
    ' ',
  ),
);

function ofPerson(branch: Branch, inMilliseconds: boolean, thing: Branch | undefined): Fact | undefined {
  const rest = pathFrom(thing, branch);
  if (branch.aside || branch.sample || rest.length !== 1 || isTold(branch.name)) return undefined;
  if (!CONCERNED.has(branch.name) && !(isPerson(branch) && branch !== thing)) return undefined;
  const name = nameOf(branch);
  return name === undefined
    ? undefined
    : {
        name: branch.name,
        label: spokenLabel(branch.name),
        value: name,
        rank: factRank(branch.name, 0) ?? 70,
        inMilliseconds,
      };
}

/** Who did it, and where: the about says that. */
function isTold(name: string): boolean {
  return (
    IN_ABOUT.has(name) ||
    name.endsWith('_by') ||
    (PEOPLE.has(headOf(name)) && !CONCERNED.has(name) && !CONCERNED.has(headOf(name)))
  );
}

interface Setting {
  readonly typeWords: readonly string[];
  readonly inMilliseconds: boolean;
  readonly thing: Branch | undefined;
}

function toFact(leaf: Leaf, { typeWords, inMilliseconds, thing }: Setting): Fact | undefined {
  const { name, value, owner, label } = leaf;
  const rest = pathFrom(thing, owner);
  const depth = rest.length;
  if (owner.aside || owner.sample || isSecretName(name) || owner.path.some(isSecretName)) return undefined;
  // What was worked on, and where, matters however deep a build tool puts it.
  const commit = ofCommit(leaf);
  if (commit)
    return { name: 'commit', label: 'Commit', value: commit, rank: factRank('commit', 0) ?? 0, inMilliseconds };
  if (name === 'to' && isMail(value))
    return { name: 'email', label: 'To', value, rank: factRank('email', 0) ?? 0, inMilliseconds };
  const isBranch = name === 'branch' && depth <= 4 && !rest.some((part) => part === 'head' || part === 'base');
  if (
    !isBranch &&
    (depth > DEPTH_LIMIT || rest.some((part) => isTold(part) || (CONCERNED.has(part) && name !== 'location')))
  )
    return undefined;
  if (isCurrencyName(name) || isState(leaf, depth)) return undefined;
  if (PROSE.has(name) && !isCode(value) && (depth === 0 || String(value).length > PROSE_LIMIT)) return undefined;
  if (
    // A number that says what it counts, such as `order_number`, is worth reading wherever the title does not have it.
    (NAMES.has(name) || (NUMBERS.has(name) && !name.endsWith('_number'))) &&
    (owner === thing || (owner.path.length === 0 && thing?.owner === undefined))
  )
    return undefined;
  if (owner !== thing && owner.owner && isPerson(owner) && name !== 'location') return undefined;
  const amount = readAmount(leaf, typeWords);
  const metric = name === 'value' ? metricOf(owner) : undefined;
  const plain = metric === undefined && PLAIN.has(name) && owner.path.length > 0;
  const parent = owner.path.at(-1) ?? '';
  const said = label ?? metric;
  if (!amount && said === undefined && isNoise(plain ? parent : name)) return undefined;
  if (METRIC_NAMES.has(name) && owner.leaves.some((other) => other.name === 'value')) return undefined;
  const rank = plain
    ? withCost(factRank(parent, Math.max(0, depth - 1)), PLAIN_COST)
    : factRank(amount ? name.replace(CENTS, '') : name, depth);
  if (rank === undefined && said === undefined) return undefined;
  return {
    name: plain ? parent : name,
    label:
      said === undefined
        ? labelOf(leaf, thing, amount !== undefined)
        : spokenLabel(
            said
              .replaceAll('_', ' ')
              .replace(/[:*\s]+$/, '')
              .trim(),
          ),
    value,
    rank: rank ?? (owner.path.length > 0 ? 140 : 100),
    inMilliseconds,
    ...(amount && { amount }),
  };
}

/** Whether a text is a word of a program's, such as `insufficient_funds`, which nobody reads as a sentence. */
function isCode(value: Leaf['value']): boolean {
  return (
    typeof value === 'string' && /^(?:[a-z]+(?:_[a-z]+)+|[A-Z]+(?:_[A-Z]+)+|[A-Z][a-z]+(?:[A-Z][a-z]+)+)$/.test(value)
  );
}

/** What lies in the thing itself is as near as what lies at the top. */
function pathFrom(thing: Branch | undefined, { path }: Branch): readonly string[] {
  const own = thing !== undefined && thing.path.length > 0 && thing.path.every((part, index) => part === path[index]);
  return own && thing ? path.slice(thing.path.length) : path;
}

/** Whether mail went there. */
function isMail(value: Leaf['value']): boolean {
  return [value].flat().every((one) => typeof one === 'string' && /^[^\s@]+@[\w.-]+\.\w+$/.test(one));
}

/** What was worked on: the first line of a commit's message. */
function ofCommit({ name, value, owner }: Leaf): string | undefined {
  const own =
    /^(?:commit_message|commit_title)$/.test(name) ||
    (/^(?:message|subject|title)$/.test(name) && /(?:^|_)commit$/.test(owner.path.at(-1) ?? ''));
  return own ? headlineOf(value, 100) : undefined;
}

/** The state is shown separately, and a number that a program uses for it means nothing to people. */
function isState({ name, value }: Leaf, depth: number): boolean {
  if (!STATE_HEADS.has(headOf(name))) return GRAVITIES.has(headOf(name)) && /^\d+$/.test(String(value));
  return (depth === 0 && STATE_HEADS.has(name)) || /^-?\d+$/.test(String(value));
}

const METRIC_NAMES = new Set(['metric', 'metric_name', 'measure', 'parameter']);

/** What a bare value measures. */
function metricOf({ leaves }: Branch): string | undefined {
  const metric = leaves.find(
    ({ name, value }) => METRIC_NAMES.has(name) && typeof value === 'string' && value.length < 60,
  );
  return metric && String(metric.value);
}

function withCost(rank: number | undefined, cost: number): number | undefined {
  return rank === undefined ? undefined : rank + cost;
}

export const UNIT =
  /_(?:in_)?(?:ms|millis|milliseconds|secs?|seconds|mins?|minutes|hours|days|bytes|kb|mb|gb|cents?|minor|percent|pct)$/;

/** What people would call it. */
function labelOf({ name, owner }: Leaf, thing: Branch | undefined, money: boolean): string {
  const bare =
    name
      .replace(UNIT, '')
      .replace(/_friendly_name$|_name$/, '')
      .replace(/(s)_count$/, '$1') || name;
  const parent = owner === thing ? undefined : owner.path.at(-1);
  if (money && (bare === 'value' || bare === 'amount') && parent && !PLACES.has(parent)) return spokenLabel(parent);
  if (!parent || !VAGUE.has(name)) return spokenLabel(bare);
  return PLAIN.has(name) || headOf(parent) === name ? spokenLabel(parent) : spokenLabel(`${parent} ${name}`);
}
