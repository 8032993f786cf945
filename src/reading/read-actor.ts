import { headOf } from './payload/names.ts';
import type { Branch, Leaf, Walked } from './payload/walk.ts';
import { partsOf } from './thing/parts-of.ts';
import { ACTORS, NAME_OF_PERSON } from './vocabulary.ts';
import { termOf } from './words.ts';

const NOBODY = /^(?:none|nobody|n\/?a|null|unknown|anonymous|undefined|system|true|false|\d+|u:\w+|[0-9a-f-]{20,})$/i;
/** Who a thing belongs to is not who did something to it. */
const OWNED = new Set([
  'repository',
  'project',
  'repo',
  'app',
  'forkee',
  'organization',
  'site',
  'board',
  'base',
  'head',
]);
const BY = /_by$|_by_(?:name|user|username|email)$/;

/** Who did it, by the most telling name nearest to the top. */
export function readActor({ branches, leaves }: Walked): string | undefined {
  let best: { readonly cost: number; readonly name: string } | undefined;
  const offer = (rank: number | undefined, place: Branch, find: () => string | undefined) => {
    if (rank === undefined || place.aside || place.sample || place.path.slice(0, -1).some((part) => OWNED.has(part)))
      return;
    const cost = rank + place.path.length * 6 + place.depth;
    const name = !best || cost < best.cost ? find() : undefined;
    if (name !== undefined && !NOBODY.test(name) && !/^[A-Z]+(?:_[A-Z]+)+$/.test(name)) best = { cost, name };
  };
  for (const branch of branches)
    if (branch.owner)
      offer(rankOf(branch.name) ?? (branch.name === 'source' && isPerson(branch) ? 25 : undefined), branch, () =>
        nameOf(branch),
      );
  for (const leaf of leaves) {
    if (
      leaf.name === 'account' ||
      isComparison(leaf) ||
      Array.isArray(leaf.value) ||
      OWNED.has(leaf.owner.name) ||
      isPerson(leaf.owner)
    )
      continue;
    if (leaf.name !== 'login' || leaf.owner.path.length === 0)
      offer(rankOf(leaf.name), leaf.owner, () => termOf(leaf.value));
  }
  return best?.name;
}

/** An operator beside a threshold compares, and is nobody. */
function isComparison({ name, owner }: Leaf): boolean {
  return name === 'operator' && owner.leaves.some((leaf) => /threshold|metric/.test(leaf.name));
}

/** Whether an object describes a person, whatever it is called. */
export function isPerson(branch: Branch): boolean {
  return partsOf(branch).some(({ leaves }) =>
    leaves.some(({ name }) => /^(?:first_?name|last_?name|full_name|display_name)$/.test(name)),
  );
}

/** What a person is called. */
export function nameOf(branch: Branch): string | undefined {
  const leaves = [
    ...branch.leaves,
    ...branch.branches.filter(({ path }) => path === branch.path).flatMap((inner) => inner.leaves),
  ];
  const [first, last] = ['first_name', 'last_name'].map(
    (part) => termOf(find(leaves, part)) ?? termOf(find(leaves, part.replace('_', ''))),
  );
  for (const name of NAME_OF_PERSON) {
    if (name === 'login' && first) break;
    const found = termOf(find(leaves, name));
    if (found && !NOBODY.test(found)) return found;
  }
  return first
    ? [first, last].filter(Boolean).join(' ')
    : termOf(find(leaves, 'login') ?? find(leaves, 'username') ?? find(leaves, 'email'));
}

function rankOf(name: string): number | undefined {
  return ACTORS.get(name) ?? (BY.test(name) ? 4 : undefined) ?? (headOf(name) === 'user' ? 20 : undefined);
}

function find(leaves: readonly Leaf[], name: string): Leaf['value'] | undefined {
  return leaves.find((leaf) => leaf.name === name)?.value;
}
