import type { Branch, Walked } from './payload/walk.ts';
import { ENVIRONMENTS, LABELS, NAME_OF_PLACE, PEOPLE, PLACES, SCENES } from './vocabulary.ts';
import { headlineOf, isTelling, termOf } from './words.ts';

/** Where it happened, as people would mute it: a repository, a project, a service. */
export function readSource(walked: Walked): string | undefined {
  return readPlace(walked, PLACES, 70);
}

/** The machine, check or service that a headline is not understood without. */
export function readScene(walked: Walked): string | undefined {
  return readPlace(walked, SCENES, 40);
}

function readPlace(
  { branches, leaves }: Walked,
  places: ReadonlyMap<string, number>,
  limit: number,
): string | undefined {
  let best: { readonly cost: number; readonly name: string } | undefined;
  const offer = (rank: number | undefined, place: Branch, find: () => string | undefined) => {
    if (rank === undefined || place.aside || place.sample || place.path.slice(0, -1).some((part) => PEOPLE.has(part)))
      return;
    const cost = rank + place.path.length * 5 + place.depth;
    const name = !best || cost < best.cost ? find() : undefined;
    if (name !== undefined && !/^https?:|^\d+$|^(?:unknown|true|false)$/i.test(name) && isTelling(name))
      best = { cost, name };
  };
  for (const branch of branches)
    if (branch.owner) offer(places.get(branch.name), branch, () => nameOfPlace(branch, limit));
  for (const { name, value, owner } of leaves)
    if (typeof value === 'string' && !/[{}]|^\//.test(value))
      offer(places.get(name), owner, () => termOf(value, limit));
  return best?.name;
}

function nameOfPlace(branch: Branch, limit: number): string | undefined {
  for (const name of NAME_OF_PLACE) {
    const found = termOf(branch.leaves.find((leaf) => leaf.name === name)?.value, limit);
    if (found) return found;
  }
  return undefined;
}

/** What mutes and filters ask for, the environment above all. */
export function readLabels({ leaves, branches }: Walked): Readonly<Record<string, string>> | undefined {
  const found: Record<string, string> = {};
  for (const { name, value, owner } of leaves) {
    const label = ENVIRONMENTS.has(name) ? 'environment' : LABELS.has(name) ? name : undefined;
    if (label === undefined || Object.hasOwn(found, label) || owner.aside || owner.path.length > 2 || owner.sample)
      continue;
    const term = termOf(value, 60);
    if (term && isTelling(term)) found[label] = term;
  }
  for (const branch of branches) {
    const label = ENVIRONMENTS.has(branch.name) ? 'environment' : LABELS.has(branch.name) ? branch.name : undefined;
    const term =
      label && !Object.hasOwn(found, label) && !branch.aside && branch.path.length <= 2 && !branch.sample
        ? headlineOf(branch.leaves.find(({ name }) => name === 'name')?.value, 60)
        : undefined;
    if (label && term) found[label] = term;
  }
  return Object.keys(found).length > 0 ? found : undefined;
}
