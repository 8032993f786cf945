import { headOf } from '../payload/names.ts';
import type { Branch, Leaf } from '../payload/walk.ts';
import { PEOPLE, PLACES, PROSE, RUNS, THINGS, WATCHES } from '../vocabulary.ts';
import { headlineOf } from '../words.ts';
import { kindOf } from './kind-of.ts';
import { labelled, labelOf } from './label-of.ts';
import { numberOf } from './number-of.ts';
import { isNamed } from './typed-kind.ts';

/** What an event could be about. */
export interface Candidate {
  readonly cost: number;
  readonly kind: string;
  readonly branch: Branch;
  readonly label?: string | undefined;
  /** Whether it is of a kind that events are about, or named by the type. */
  readonly certain: boolean;
  readonly typed: boolean;
}

/** What stands before `_name` or `_title` without naming what the event is about. */
const NEVER =
  /^(?:first|last|full|user|username|author|display|real|nick|file|host|key|event|trigger_event|sender|from|friendly|alert_type|status|state|company|class|method|action|field|package|agent|logger|stage|color|attribute|notification|previous|old|new|integration|workflow|transition|check_type|monitor_type|type|thread|function|server|group|metric|environment|region|branch|country|city|provider|receiver|login|account|organization|category|queue|role|header|icon|font|theme|layout|bot|client_app|device|probe|search_query)$|^(?:parent|grandparent|old|previous|category|class|last|next|avatar)_?|_type$/;
/** Kinds that mostly say where something happened; only a type that names one makes it the subject. */
/** An event is about a person only where its type says so: who paid is not what failed. */
const PERSON = 90;
const WHERE = new Set(
  'branch commit head_commit last_commit tag list board column milestone sprint stage domain'.split(' '),
);

/** Whether an object could be it. */
export function ofBranch(branch: Branch, typeWords: readonly string[]): Candidate | undefined {
  const { path, name, sample, aside, leaves } = branch;
  if (path.length === 0 || path.at(-1) !== name || aside || leaves.length + branch.branches.length === 0)
    return undefined;
  const kind = kindOf(branch) || name;
  const typed = isNamed(name, typeWords) || isNamed(kind, typeWords);
  if (!typed && WHERE.has(kind)) return undefined;
  const rank = THINGS.get(kind) ?? THINGS.get(name) ?? THINGS.get(headOf(name));
  const other =
    PEOPLE.has(name) || PEOPLE.has(headOf(name))
      ? PERSON
      : PLACES.has(name) && name !== 'monitor' && name !== 'pipeline'
        ? 60
        : 0;
  if (!typed && (other === PERSON || (other > 0 && rank === undefined))) return undefined;
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

/** Whether a name beside the event's own could be it: `ticket_title`. */
export function ofLeaf({ name, value, owner }: Leaf, typeWords: readonly string[]): Candidate | undefined {
  if (owner.sample || owner.aside || owner.path.length > 1) return undefined;
  const qualifier = labelled(name);
  if (qualifier !== '' && (NEVER.test(qualifier) || PEOPLE.has(qualifier))) return undefined;
  // A note at the top is a text, and names nothing.
  const kind = qualifier || (THINGS.has(name) && !PROSE.has(name) && owner.path.length === 0 ? name : '');
  if (WHERE.has(kind) && !isNamed(kind, typeWords)) return undefined;
  const label = kind === '' ? undefined : headlineOf(value, 150);
  if (label === undefined || (qualifier === '' && !/\p{L}/u.test(label))) return undefined;
  const rank = THINGS.get(kind) ?? (PLACES.has(kind) ? 150 : 100);
  // A thing's own object says more than a name beside it, unless there is none.
  const typed = isNamed(kind, typeWords);
  const cost = 12 + rank / 2 + owner.path.length * 8 - (typed ? 50 : 0);
  return { cost, kind, branch: owner, label, certain: typed, typed };
}
