const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The first so many characters as people count them; the text itself when it has no more. */
export function takeGraphemes(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let taken = 0;
  // One character of a few dozen code units is the longest that is not an attack.
  for (const { index } of segmenter.segment(text.slice(0, limit * 32))) {
    if (taken === limit) return text.slice(0, index);
    taken++;
  }
  return text.slice(0, limit * 32);
}

/** Text cut at a word, with … where something is missing. The result has at most so many characters as people count them. */
export function clipWords(text: string, limit: number): string {
  if (limit < 1) return '';
  if (takeGraphemes(text, limit) === text) return text;
  const taken = takeGraphemes(text, limit - 1);
  const word = /\s\S*$/.exec(taken.slice(-60));
  const whole = /^\s/.test(text.slice(taken.length)) || !word ? taken : taken.slice(0, taken.length - word[0].length);
  return `${whole.trimEnd()}…`;
}
