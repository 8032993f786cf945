/**
 * A text without spaces, punctuation and case, that still knows where its words begin and end: `InProgress`, `in_progress`
 * and `In progress` are the same words.
 */
export interface Squeezed {
  readonly words: readonly string[];
  readonly text: string;
  readonly starts: ReadonlySet<number>;
  readonly ends: ReadonlySet<number>;
}

export interface Span {
  readonly start: number;
  readonly end: number;
}

export function squeeze(text: string): Squeezed {
  const words = wordsOf(text);
  const starts = new Set<number>();
  const ends = new Set<number>();
  let length = 0;
  for (const word of words) {
    starts.add(length);
    length += word.length;
    ends.add(length);
  }
  return { words, text: words.join(''), starts, ends };
}

/** Where the words stand as whole words, one place after the other. */
export function* placesOf(words: string, { text, starts, ends }: Squeezed): Generator<Span> {
  if (words === '') return;
  let start = text.indexOf(words);
  while (start !== -1) {
    const end = start + words.length;
    const whole = starts.has(start) && ends.has(end);
    if (whole) yield { start, end };
    start = text.indexOf(words, whole ? end : start + 1);
  }
}

export function holds(text: Squeezed, words: string): boolean {
  return !placesOf(words, text).next().done;
}

/** The words of a text; `1,400` is one, and the parts of `NewErrorOccurred` are three. */
export function wordsOf(text: string): readonly string[] {
  return text
    .normalize('NFKC')
    .replace(/(?<=\d),(?=\d{3}(?!\d))/g, '')
    .replace(/(\p{Ll})(?=\p{Lu}\p{Ll})/gu, '$1 ')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}
