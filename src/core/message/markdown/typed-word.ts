import { nearest } from '../../text/nearest.ts';
import type { Markdown } from '../message.ts';
import { quoted } from './inline-code.ts';

/** Shorter secrets are not taken. */
export const SHORTEST_SECRET = 8;

/**
 * What somebody typed, to be repeated in an answer. A long word that resembles nothing known may be a secret typed in
 * the wrong place, so `otherwise` replaces it.
 */
export function repeated(
  typed: string,
  { known = [], otherwise }: { readonly known?: Iterable<string>; readonly otherwise: Markdown },
): Markdown {
  return typed.length < SHORTEST_SECRET || nearest(typed, known) ? quoted(typed) : otherwise;
}
