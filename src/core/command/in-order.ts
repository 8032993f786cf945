import type { Command } from './command.ts';

/** Commands in the order in which people need them; those that are rather clicked come last. */
export function inOrder(commands: ReadonlyMap<string, Command>): ReadonlyMap<string, Command> {
  const rank = ({ clicked, place = Number.MAX_SAFE_INTEGER }: Command) => (clicked ? Number.POSITIVE_INFINITY : place);
  const compare = ([name, one]: [string, Command], [otherName, other]: [string, Command]) =>
    rank(one) === rank(other) ? name.localeCompare(otherName, 'en') : rank(one) - rank(other);
  return new Map([...commands].toSorted(compare));
}
