// Latin letters, punctuation, currencies, arrows, boxes: most text, and nothing in it to clean.
const PLAIN = /^[\n\t\x20-\x7e\u00A0-\u02FF\u2010-\u2027\u2030-\u205E\u20A0-\u20CF\u2100-\u25FF]*$/;
// Controls but tab and line feed, bidi overrides and isolates, noncharacters.
const UNSEEN = /(?![\n\t])\p{Cc}|[\u202A-\u202E\u2066-\u2069\uFDD0-\uFDEF\uFFFE\uFFFF]/gu;
// No script stacks more; text that does is made to cover its neighbours.
const PILED_MARKS = /(\p{M}{8})\p{M}+/gu;

/**
 * Text from outside as it may be shown: well-formed, with no control characters, no bidi overrides that reorder what
 * stands around it, and no piles of combining marks. Every line break is `\n`.
 */
export function cleanText(text: string): string {
  if (PLAIN.test(text)) return text;
  return text
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
    .replace(UNSEEN, '')
    .replace(PILED_MARKS, '$1');
}

declare const LINE: unique symbol;

/** Clean text on one line, without space around it. Only `oneLine` makes one. */
export type Line = string & { readonly [LINE]: true };

export function oneLine(text: string): Line {
  return cleanText(text).replace(/\s+/g, ' ').trim() as Line;
}
