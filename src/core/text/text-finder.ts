/** Finds any of many texts in another. */
export interface TextFinder {
  /** No shorter text holds any. */
  readonly shortest: number;
  /** Where the next of them begins and ends, from a position on; nothing when there is none. */
  next(text: string, from: number): { readonly start: number; readonly end: number } | undefined;
}

const BLOCK = 4;
const SLOTS = 65_536;
const FARTHEST = 255;

/**
 * Searches for all needles at once, mostly without looking at more than every n-th character, where n is the length of
 * the shortest needle: the algorithm of Wu and Manber. Needles shorter than four characters are not looked for.
 */
export function createTextFinder(given: Iterable<string>): TextFinder {
  const needles = [...new Set(given)].filter(({ length }) => length >= BLOCK);
  if (needles.length === 0) return { shortest: Number.POSITIVE_INFINITY, next: () => undefined };
  const shortest = Math.min(...needles.map(({ length }) => length));
  // How far the window may move on when a block ends it; nothing where it may end a needle's beginning.
  const shifts = new Uint8Array(SLOTS).fill(Math.min(FARTHEST, shortest - BLOCK + 1));
  const bySlot = new Map<number, string[]>();
  for (const needle of needles) {
    for (let end = BLOCK; end <= shortest; end++) {
      const slot = slotOf(needle, end);
      shifts[slot] = Math.min(shifts[slot] ?? 0, shortest - end);
    }
    const slot = slotOf(needle, shortest);
    // Of two that begin alike the longer one is meant.
    bySlot.set(
      slot,
      [...(bySlot.get(slot) ?? []), needle].toSorted((a, b) => b.length - a.length),
    );
  }

  return {
    shortest,
    next(text, from) {
      for (let end = from + shortest; end <= text.length; ) {
        const slot = slotOf(text, end);
        const shift = shifts[slot] ?? 1;
        if (shift > 0) {
          end += shift;
          continue;
        }
        const start = end - shortest;
        const found = bySlot.get(slot)?.find((needle) => text.startsWith(needle, start));
        if (found) return { start, end: start + found.length };
        end++;
      }
      return undefined;
    },
  };
}

/** The four characters before a position as a small number. */
function slotOf(text: string, end: number): number {
  let hash = 0;
  for (let index = end - BLOCK; index < end; index++) hash = Math.imul(hash, 31) + text.charCodeAt(index);
  return (hash ^ (hash >>> 16)) & (SLOTS - 1);
}
