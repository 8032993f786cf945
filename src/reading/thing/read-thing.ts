import type { Walked } from '../payload/walk.ts';
import { RUNS, WATCHES } from '../vocabulary.ts';
import { type Candidate, ofBranch, ofLeaf } from './candidates.ts';
import { kindOf } from './kind-of.ts';
import { labelOf } from './label-of.ts';
import { numberOf } from './number-of.ts';
import type { Thing } from './thing.ts';
import { nounsOf, typedKind } from './typed-kind.ts';

/** As many of the names of labels as name a thing, and do not only speak of it. */
const NAMING = 9;

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
