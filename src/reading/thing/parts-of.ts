import type { Branch } from '../payload/walk.ts';

const known = new WeakMap<Branch, readonly Branch[]>();

/** An object and what only wraps parts of it. Many readers ask for the same ones. */
export function partsOf(place: Branch): readonly Branch[] {
  const before = known.get(place);
  if (before) return before;
  const inner = place.branches.filter(
    ({ path, aside, sample }) => path.length === place.path.length && !aside && sample === place.sample,
  );
  const parts = [place, ...inner.flatMap(partsOf)];
  known.set(place, parts);
  return parts;
}
