const WORD_LIMIT = 12;
const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;

/**
 * What people typed as an FTS5 query: every word must begin a word of the event. Quoted, so that nothing in it is
 * syntax. Nothing when no word holds a letter or digit.
 */
export function toSearchQuery(text: string): string | undefined {
  const words = text
    .replaceAll('\0', ' ')
    .split(/\s+/)
    .filter((word) => LETTER_OR_DIGIT.test(word))
    .slice(0, WORD_LIMIT);
  if (words.length === 0) return undefined;
  return words.map((word) => `"${word.replaceAll('"', '""')}"*`).join(' AND ');
}
