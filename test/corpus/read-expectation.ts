import type { Expectation } from './load-corpus.ts';

/** An expected text, taken apart. */
export interface Expected {
  /** What a reader sees, prose cut to its first sentence. */
  readonly text: string;
  readonly links: readonly string[];
  /** What stands out: the words of links, what is bold and what is code. */
  readonly marks: readonly string[];
}

const FENCE = /^[ \t]*(`{3,}|~{3,})[ \t]*([^\n]*)\n([\s\S]*?)(?:\n[ \t]*\1[ \t]*$|$(?![\s\S]))/gm;
const QUOTE = /(?:^[ \t]*>[^\n]*(?:\n|$))+/gm;
const LINK = /!?\[((?:[^[\]]|\[[^[\]]*\])*)\]\(\s*([^()\s]*(?:\([^()]*\)[^()\s]*)*)\s*\)/g;
const ADDRESS = /https?:\/\/[^\s<>"'`)\]]+/g;
const MARK = /\*\*([^*\n]+)\*\*(:?)|`([^`\n]+)`/g;
/** Bold before a colon is the name of a value. */
const LABEL = /:$/;
const MOMENT = /<time:([^>\n]+)>/g;
const EMOJI = /:[a-z][a-z0-9_+-]*:/g;

/** Reads the Markdown in which the expected texts are written. */
export function readExpectation({ topic, message }: Expectation): Expected {
  const links: string[] = [];
  const marks: string[] = [];
  const text = message
    .replace(FENCE, (_, __, word: string, inner: string) => `\n${caption(word)} ${firstSentence(inner)}\n`)
    .replace(QUOTE, (quote) => `\n${firstSentence(quote.replace(/^[ \t]*>[ \t]?/gm, ''))}\n`)
    .replace(LINK, (_, label: string, url: string) => {
      links.push(url);
      marks.push(label);
      return ` ${label} `;
    })
    .replace(ADDRESS, (url) => {
      links.push(url.replace(/[.,;:!?]+$/, ''));
      return ' ';
    })
    .replace(MARK, (_, bold: string | undefined, colon: string | undefined, code: string | undefined) => {
      const mark = `${bold ?? code}${colon ?? ''}`;
      if (!LABEL.test(mark)) marks.push(mark);
      return ` ${mark} `;
    })
    .replace(MOMENT, (_, moment: string) => ` ${toIso(moment)} `)
    .replace(EMOJI, ' ');
  return { text: `${topic}\n${text}`, links, marks: marks.filter((mark) => !/^https?:/.test(mark)) };
}

/** Text up to the end of its first sentence or line. A dot within a name or number ends none. */
export function firstSentence(text: string): string {
  const [line = ''] = text.trim().split(/\r?\n/, 1);
  return /^.*?[.!?](?=\s+\p{Lu})/u.exec(line)?.[0] ?? line;
}

/** Moments are written as such, or in seconds since 1970. */
function toIso(moment: string): string {
  return /^\d+$/.test(moment) ? new Date(Number(moment) * 1000).toISOString() : moment.trim();
}

/** The heading of a folded part; the language of code is none. */
function caption(word: string): string {
  return /^spoiler\s+(.*)/.exec(word)?.[1] ?? '';
}
