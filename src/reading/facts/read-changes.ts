import { spokenLabel } from '../payload/names.ts';
import { isScalar } from '../payload/scalar.ts';
import type { Branch, Leaf, Walked } from '../payload/walk.ts';
import { isTelling, termOf, toPlainTerm } from '../words.ts';
import { isNoise } from './fact-names.ts';

/** What was one thing and is another now. */
export interface Change {
  readonly label: string;
  readonly from: string | undefined;
  readonly to: string | undefined;
}

const CHANGE_LIMIT = 4;
/** How the two sides are called, the older first. */
const SIDES: readonly (readonly [RegExp, RegExp])[] = [
  [/^from$|^from_?(?:string|value|name)$/, /^to$|^to_?(?:string|value|name)$/],
  [/^old$|^old_?value$/, /^new$|^new_?value$/],
  [/^before$/, /^after$/],
  [/^previous$|^previous_?value$/, /^current$|^new$|^current_?value$/],
];
const NAMED: readonly (readonly [RegExp, (rest: string) => readonly string[]])[] = [
  [/^from_(.+)$/, (rest) => [`to_${rest}`]],
  [/^old_(.+)$/, (rest) => [`new_${rest}`, rest, `current_${rest}`]],
  [/^(?:previous|prev|prior)_(.+)$/, (rest) => [`new_${rest}`, `current_${rest}`, rest]],
  [/^(.+)_(?:before|from|was|previous)$/, (rest) => [`${rest}_after`, `${rest}_to`, rest]],
];
const UNCHANGING = /^(?:string|value|name)$|(?:^|_)(?:id|ids|at|time|url|hash|sha|timestamp|version_id|html)$/;

/** What changed, wherever a payload puts the old value beside the new one. */
export function readChanges({ branches, leaves, lists }: Walked): readonly Change[] {
  const found = [
    ...branches
      .filter(({ sample }) => !sample)
      .flatMap((branch) => [...ofSides(branch), ...ofNames(branch, leaves), ...ofBranches(branch), ...ofPair(branch)]),
    ...lists.flatMap(({ items }) => items.slice(0, CHANGE_LIMIT * 2).flatMap((item) => ofItem(item))),
  ];
  const seen = new Set<string>();
  return found
    .filter(({ label, from, to }) => {
      const key = `${label}|${from}|${to}`;
      if (from === to || seen.has(key)) return false;
      seen.add(key);
      return true;
    })
    .slice(0, CHANGE_LIMIT);
}

/** A value as one side of a change; nothing for hashes and the like. */
function sideOf(value: unknown): string | undefined {
  const side = toPlainTerm(value);
  return side !== undefined && (isTelling(side) || /^[-\d.,]+$|^\d{4}-\d\d-\d\d/.test(side)) ? side : undefined;
}

/** Whether nobody cares that a value of this name changed. */
function isTrivial(name: string): boolean {
  return isNoise(name) && !/^(?:name|title|full_name|status|state|type|kind|archived|order|time|date)$/.test(name);
}

/** An object that is a change itself: `"status": {"from": "To Do", "to": "Done"}`. */
function ofSides(branch: Branch): readonly Change[] {
  if (branch.name === '' || (branch.name !== 'name' && UNCHANGING.test(branch.name)) || isTrivial(branch.name))
    return [];
  const own = branch.leaves.find(({ name }) => name === 'field' || name === 'attribute' || name === 'property');
  const label = spokenLabel(String(own?.value ?? branch.name).replace(/_?(?:diff|change|changes)$/, ''));
  for (const [old, fresh] of SIDES) {
    const from = sideIn(branch, old);
    const to = sideIn(branch, fresh);
    if ((!from && !to) || isMail(from) || isMail(to)) continue;
    const [before, after] = [from && sideOf(from.value), to && sideOf(to.value)];
    const whole = (from || hasSide(branch, old)) && (to || hasSide(branch, fresh));
    // Among changes, what was nothing before may have no older side at all.
    if ((whole || (to && isListed(branch))) && (before || after) && label) return [{ label, from: before, to: after }];
  }
  return [];
}

function isListed({ path }: Branch): boolean {
  return path.slice(0, -1).some((name) => /^(?:changes?|changelog|change_set|diff|delta)$/.test(name));
}

/** Mail has a `from` and a `to` too, but is not a change. */
function isMail(side: Leaf | undefined): boolean {
  return Array.isArray(side?.value) || (typeof side?.value === 'string' && /@[\w-]+\.\w/.test(side.value));
}

/** In words where both an id and words are given. */
function sideIn({ leaves }: Branch, side: RegExp): Leaf | undefined {
  const found = leaves.filter(({ name }) => side.test(name));
  return found.find(({ name }) => /string|name/.test(name)) ?? found[0];
}

function hasSide(branch: Branch, side: RegExp): boolean {
  return branch.branches.some(({ name }) => side.test(name));
}

/** Values side by side: `previous_state` and `current_state`. */
function ofNames(branch: Branch, leaves: Walked['leaves']): readonly Change[] {
  return branch.leaves.flatMap((leaf) => {
    for (const [pattern, partners] of NAMED) {
      const rest = pattern.exec(leaf.name)?.[1];
      if (!rest || UNCHANGING.test(rest) || isTrivial(rest)) continue;
      const to =
        partners(rest)
          .map((name) => branch.leaves.find((other) => other.name === name))
          .find(Boolean) ??
        (/^(?:status|state)$/.test(rest)
          ? leaves.find(({ name, owner }) => name === rest && !owner.sample)
          : undefined);
      const [before, after] = [sideOf(leaf.value), to && sideOf(to.value)];
      if (before && after)
        return [{ label: spokenLabel(rest.replace(/_(?:value|name)$/, '')), from: before, to: after }];
    }
    return [];
  });
}

/** Objects side by side: `listBefore` and `listAfter`. */
function ofBranches(branch: Branch): readonly Change[] {
  return branch.branches.flatMap((inner) => {
    const rest = /^(.+)_before$|^(?:old|previous)_(.+)$/.exec(inner.name);
    const name = rest?.[1] ?? rest?.[2];
    const partner =
      name &&
      branch.branches.find((other) => other !== inner && [`${name}_after`, `new_${name}`, name].includes(other.name));
    const [before, after] = [inner, partner].map(
      (side) =>
        side && toPlainTerm(side.leaves.find((leaf) => ['name', 'title', 'label', 'value'].includes(leaf.name))?.value),
    );
    return name && before && after ? [{ label: spokenLabel(name), from: before, to: after }] : [];
  });
}

/** Two whole objects, the older and the newer: what differs between them. */
function ofPair(branch: Branch): readonly Change[] {
  for (const [old, fresh] of SIDES) {
    const [from, to] = [old, fresh].map((side) =>
      branch.branches.find(({ name, sample }) => side.test(name) && !sample),
    );
    if (!from || !to) continue;
    return to.leaves.flatMap(({ name, value }) => {
      const before = from.leaves.find((leaf) => leaf.name === name);
      if (!before || (!/^(?:name|value)$/.test(name) && UNCHANGING.test(name)) || isTrivial(name)) return [];
      const [one, other] = [sideOf(before.value), sideOf(value)];
      return one && other && one !== other ? [{ label: spokenLabel(name), from: one, to: other }] : [];
    });
  }
  return [];
}

/** One entry of a list of changes: `{"field": "status", "fromString": "To Do", "toString": "Done"}`. */
function ofItem(item: Readonly<Record<string, unknown>>): readonly Change[] {
  const label = [item.field, item.attribute, item.property, item.name].find(
    (name) => typeof name === 'string' && name !== '',
  );
  if (typeof label !== 'string') return [];
  const own = (...names: readonly string[]) =>
    names
      .map((name) => (Object.hasOwn(item, name) ? item[name] : undefined))
      .find((value) => isScalar(value) && value !== '');
  const [from, to] = [
    own('fromString', 'from', 'old_value', 'oldValue', 'old', 'previous'),
    own('toString', 'to', 'new_value', 'newValue', 'new', 'current'),
  ].map((value) => termOf(value));
  return from === undefined && to === undefined ? [] : [{ label: spokenLabel(label), from, to }];
}
