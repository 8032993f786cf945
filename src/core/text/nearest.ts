import { distance } from 'fastest-levenshtein';

const LONGEST = 60;

/** The candidate that somebody probably meant, if one is close enough to say so. */
export function nearest(typed: string, candidates: Iterable<string>): string | undefined {
  const word = typed.slice(0, LONGEST).toLowerCase();
  const ranked = Array.from(candidates, (candidate) => ({ candidate, apart: apart(word, candidate.toLowerCase()) }));
  const [best] = ranked.toSorted((a, b) => a.apart - b.apart);
  return best && best.apart <= Math.max(1, Math.floor(word.length / 3)) ? best.candidate : undefined;
}

/** `Did you mean …?`, or nothing. `toWords` says how the candidate would be written. */
export function didYouMean(
  typed: string,
  candidates: Iterable<string>,
  toWords = (candidate: string) => `\`${candidate}\``,
): string {
  const found = nearest(typed, candidates);
  return found ? ` Did you mean ${toWords(found)}?` : '';
}

function apart(word: string, candidate: string): number {
  // A beginning is what people type when they stop early.
  if (word.length >= 3 && candidate.startsWith(word)) return 0.5;
  const edits = distance(word, candidate);
  // Two letters that changed places are one slip of the fingers.
  return edits === 2 && sorted(word) === sorted(candidate) ? 1 : edits;
}

function sorted(word: string): string {
  return [...word].toSorted().join('');
}
