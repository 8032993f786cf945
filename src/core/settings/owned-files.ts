import { matchesPattern } from '../text/matches-pattern.ts';
import type { Person } from './person.ts';

/** Folders within folders that are looked at. */
const DEPTH = 50;

/** Whose files these are: for each file those whose path names it most closely. */
export function ownersOf(people: readonly Person[], files: readonly string[]): readonly Person[] {
  const claims = people.flatMap((person) => (person.paths ?? []).map((path) => ({ person, path })));
  const owners = files.flatMap((file) => {
    const fitting = claims.filter(({ path }) => isWithin(file, path));
    const closest = Math.max(0, ...fitting.map(({ path }) => path.length));
    return fitting.filter(({ path }) => path.length === closest).map(({ person }) => person);
  });
  return [...new Set(owners)];
}

/** Whether a file lies where a path of a CODEOWNERS file says: `/src/billing/`, `*.sql`, `docs/**`. */
export function isWithin(file: string, path: string): boolean {
  const names = file.replace(/^\//, '').split('/').slice(0, DEPTH);
  const wanted = path
    .replace(/^\/|\/$/g, '')
    .split('/')
    .slice(0, DEPTH);
  // A path with a slash before its end is seen from the root, any other fits in every folder.
  const rooted = path.replace(/\/$/, '').includes('/');
  const isFolder = path.endsWith('/');
  return fits(names, rooted ? wanted : ['**', ...wanted], isFolder);
}

function fits(names: readonly string[], wanted: readonly string[], isFolder: boolean): boolean {
  // How many names are taken by the parts so far; several counts are possible after `**`.
  let taken = new Set([0]);
  for (const part of wanted) {
    const next = new Set<number>();
    for (const count of taken) {
      if (part === '**') for (let more = count; more <= names.length; more++) next.add(more);
      else if (count < names.length && matchesPattern(names[count] ?? '', part)) next.add(count + 1);
    }
    taken = next;
  }
  // A folder holds all that is in it; `docs/*` only what lies in it directly.
  const isDeep = isFolder || !wanted.at(-1)?.includes('*');
  return [...taken].some((count) => (count === names.length ? !isFolder || count === 0 : isDeep && count > 0));
}
