// Latin letters, punctuation, currencies, arrows, boxes: most text, and nothing in it to clean.
const PLAIN = /^[\n\t\x20-\x7e\u00A0-\u00AC\u00AE-\u02FF\u2010-\u2027\u2030-\u205E\u20A0-\u20CF\u2100-\u25FF]*$/;
// Controls but tab and line feed, what has no width, marks and overrides of direction, noncharacters.
const UNSEEN =
  /(?![\n\t])\p{Cc}|[\u00AD\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFDD0-\uFDEF\uFEFF\uFFFE\uFFFF]/gu;
// Joiners have no width either, but Persian, the scripts of India and emoji of several parts are spelled with them.
const STRAY_JOINERS =
  /(?<![\p{Lo}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}])[\u200C\u200D]+|[\u200C\u200D]+(?![\p{Lo}\p{M}\p{Extended_Pictographic}])/gu;
// No script stacks more; text that does is made to cover its neighbours.
const PILED_MARKS = /(\p{M}{8})\p{M}+/gu;

/**
 * Text from outside as it may be shown: well-formed, with nothing that has no width, no bidi overrides that reorder what
 * stands around it, and no piles of combining marks. Every line break is `\n`.
 */
export function cleanText(text: string): string {
  if (PLAIN.test(text)) return text;
  return text
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
    .replace(UNSEEN, '')
    .replace(STRAY_JOINERS, '')
    .replace(PILED_MARKS, '$1');
}

declare const LINE: unique symbol;

/** Clean text on one line, without space around it. Only `oneLine` makes one. */
export type Line = string & { readonly [LINE]: true };

export function oneLine(text: string): Line {
  return cleanText(text).replace(/\s+/g, ' ').trim() as Line;
}
