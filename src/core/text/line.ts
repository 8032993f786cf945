import { cutText } from './cut-text.ts';

/** Text as one line of at most `limit` characters, cut between graphemes; nothing for text without any. */
export function toLine(text: string | undefined, limit = 200): string | undefined {
  // More than the limit is looked at only as far as it can matter, so that a huge text costs nothing.
  const line = text
    ?.slice(0, limit * 10)
    .replace(/\s+/g, ' ')
    .trim();
  return line ? cutText(line, limit) : undefined;
}

/** The first line of text that says anything. */
export function firstLine(text: string | undefined, limit = 200): string | undefined {
  return toLine(/[^\s][^\r\n]*/.exec(text ?? '')?.[0], limit);
}

/** Names as people read them: `pull_request.review_requested` is `Pull request review requested`. */
export function toWords(name: string): string {
  const words = name
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replace(/[\s_.:/-]+/g, ' ')
    .trim()
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The words there are, with a space between them, as one line; nothing when the first word, which carries the sense, is missing. */
export function sentence(...words: readonly (string | number | false | undefined)[]): string | undefined {
  return words[0]
    ? toLine(words.filter((word) => word !== undefined && word !== false && word !== '').join(' '))
    : undefined;
}

/** `1 commit`, `3 commits`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
