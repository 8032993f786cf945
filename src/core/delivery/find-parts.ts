import { childOf } from './take-part.ts';

/** Where the events of a batch stand in its payload. */
export interface Parts {
  /** The place of each event, in order, such as `events.2` or `entry.0.changes.1`: of the first thousand. */
  readonly places: readonly string[];
  /** How many there are in all. */
  readonly count: number;
}

/** So many events of one delivery are events of their own; those beyond them are one event. Meta sends no more at once. */
export const PARTS_LIMIT = 1_000;

/** What stands at a place. */
interface Item {
  readonly value: unknown;
  readonly place: string;
}

/**
 * Finds the events that a payload lists, by a pattern such as `events.*` or `entry.*.changes|messaging.*`: a star is every
 * place of a list, and of several names the first counts that is there. An item that lacks what the pattern expects in it is
 * an event itself. Nothing where there are fewer than two events, or where one of them is not an object.
 */
export function findParts(payload: unknown, pattern: string, limit = PARTS_LIMIT): Parts | undefined {
  const places: string[] = [];
  let [count, isOdd] = [0, false];

  function visit({ value, place }: Item, [step, ...rest]: readonly string[], outer: Item | undefined): void {
    if (step === undefined) {
      add({ value, place });
    } else if (step !== '*') {
      const name = step.split('|').find((name) => childOf(value, name) !== undefined);
      if (name !== undefined) visit({ value: childOf(value, name), place: join(place, name) }, rest, outer);
      else if (outer) add(outer);
    } else if (Array.isArray(value) && value.length > 0) {
      for (const [index, child] of value.entries()) {
        const item = { value: child, place: join(place, index) };
        visit(item, rest, item);
      }
    } else if (outer) {
      add(outer);
    }
  }

  function add({ value, place }: Item): void {
    isOdd ||= typeof value !== 'object' || value === null || Array.isArray(value);
    count++;
    if (places.length < limit) places.push(place);
  }

  visit({ value: payload, place: '' }, pattern.split('.'), undefined);
  if (count < 2 || isOdd) return undefined;
  return { places, count };
}

function join(place: string, step: string | number): string {
  return place === '' ? String(step) : `${place}.${step}`;
}
