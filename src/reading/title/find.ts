import type { Leaf, Walked } from '../payload/walk.ts';
import { nameOf } from '../read-actor.ts';
import { headlineOf } from '../words.ts';

export function find(leaves: readonly Leaf[], name: string): Leaf['value'] | undefined {
  return leaves.find((leaf) => leaf.name === name)?.value;
}

export function flag(leaves: readonly Leaf[], name: string): boolean {
  return find(leaves, name) === true;
}

/** The customer, contact or person that it is about, where nothing else is named. */
export function personIn({ branches, leaves }: Walked): string | undefined {
  const person = branches.find(
    ({ name, sample, aside, path }) =>
      !sample &&
      !aside &&
      path.length <= 2 &&
      /^(?:customer|contact|user|lead|subscriber|person|member|candidate|recipient|visitor|guest|client|buyer|account|company|member_collective)$/.test(
        name,
      ),
  );
  const named = person && nameOf(person);
  if (named) return named;
  const email = leaves.find(
    ({ name, owner }) =>
      /^(?:email|email_address|customer_email|receipt_email|user_email|customer_name|contact_name|user_name|username|first_?name|firstname)$/.test(
        name,
      ) &&
      !owner.aside &&
      !owner.sample &&
      owner.path.length < 3,
  );
  if (email && /^first/.test(email.name)) return nameOf(email.owner);
  return email && headlineOf(email.value, 80);
}

export function idIn({ branches, root }: Walked): string | undefined {
  const place =
    branches.find(
      (branch) =>
        branch !== root &&
        branch.path.length === 0 &&
        !branch.sample &&
        branch.leaves.some(({ name, value }) => name === 'id' && /^\d{1,7}$/.test(String(value))),
    ) ?? root;
  const id = find(place.leaves, 'id');
  return id !== undefined && /^\d{1,7}$/.test(String(id)) ? `#${id}` : undefined;
}
