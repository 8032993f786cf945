export type Weigh = (text: string) => number;

/** Stands where text was cut. */
export const CUT_MARK = '…';

// Long enough to find where a grapheme begins, short enough to keep a hostile megabyte out of the segmenter.
const LOOK_AHEAD = 64;

// Longer texts exceed every platform's limit, so they need not be measured.
const LONG = 20_000;

const PLAIN_PAIR = /^[\x20-\x7e]{2}$/;

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** The text itself when it weighs at most `limit`, else its beginning, cut between graphemes, with `…` behind it. */
export function cutText(text: string, limit: number, weigh: Weigh = lengthOf): string {
  if (text.length <= LONG && weigh(text) <= limit) return text;
  let room = Math.max(0, Math.min(limit, text.length) - CUT_MARK.length);
  while (true) {
    const cut = headOf(text, room).trimEnd() + CUT_MARK;
    const cost = weigh(cut);
    if (cost <= limit || room === 0) return cut;
    room = Math.min(room - 1, Math.floor((room * limit) / cost));
  }
}

/** The text itself when it has at most `limit` characters, else its beginning, cut at a word where one is near, with `…` behind it. */
export function cutWords(text: string, limit: number): string {
  if (text.length <= limit) return text;
  if (limit < 1) return '';
  const head = headOf(text, limit - CUT_MARK.length);
  const whole = /\s/.test(text.charAt(head.length)) ? head : atWord(head);
  return whole.trimEnd() + CUT_MARK;
}

/** A text without the word that its end cuts, where that is not too long. */
export function atWord(text: string): string {
  const space = /\s\S{0,59}$/.exec(text.slice(-60))?.[0].length ?? 0;
  return space < text.length ? text.slice(0, text.length - space) : text;
}

/** At most so many characters of a text, cut between graphemes. */
export function headOf(text: string, length: number): string {
  if (text.length <= length) return text;
  // Between two plain letters there is always a boundary, and to look for one takes long.
  if (length > 0 && PLAIN_PAIR.test(text.slice(length - 1, length + 1))) return text.slice(0, length);
  const boundary = segmenter.segment(text.slice(0, length + LOOK_AHEAD)).containing(length)?.index;
  return text.slice(0, boundary ?? 0);
}

function lengthOf(text: string): number {
  return text.length;
}
