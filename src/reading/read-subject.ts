import type { Walked } from './payload/walk.ts';
import type { Thing } from './thing/thing.ts';
import { KEYS, WATCHES } from './vocabulary.ts';
import { termOf } from './words.ts';

const IDS = [
  'key',
  'number',
  'iid',
  'id',
  '_id',
  'uuid',
  'gid',
  'identifier',
  'alert_id',
  'issue_id',
  'card_id',
  'short_id',
];

/** The stable key of what an event is about: its kind and what identifies it among its kind. */
export function readSubject({ leaves, root }: Walked, thing: Thing | undefined): string | undefined {
  const id = thing && thing.branch !== root ? idOf(thing) : undefined;
  if (thing?.kind && id !== undefined) return `${thing.branch.name.replaceAll('_', '')}:${id}`;
  const [key] = leaves
    .filter(({ name, owner }) => KEYS.has(name) && !owner.sample && !owner.aside && owner.path.length < 2)
    .toSorted((a, b) => cost(a) - cost(b));
  const value = key && termOf(key.value);
  if (key && value) return `${key.name.replace(/_?(?:id|key)$/, '')}:${value}`;
  // A monitor is known by its name, where nothing else identifies it.
  return thing?.label !== undefined && WATCHES.has(thing.kind) ? `${thing.kind}:${thing.label}` : undefined;
}

function idOf({ branch }: Thing): string | undefined {
  for (const name of IDS) {
    const found = termOf(branch.leaves.find((leaf) => leaf.name === name)?.value);
    if (found) return found;
  }
  return undefined;
}

function cost({
  name,
  owner,
}: {
  readonly name: string;
  readonly owner: { readonly path: readonly string[] };
}): number {
  return (KEYS.get(name) ?? 0) + owner.path.length * 10;
}
