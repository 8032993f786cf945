import { CUT_MARK, cutWords } from '../../core/text/cut-text.ts';
import { withoutComments } from '../markdown/tame-markdown.ts';
import { defineHelper } from '../template/helper.ts';
import { toText } from '../values/text.ts';
import { toCount } from '../values/values.ts';

export default defineHelper({
  summary: 'The beginning of a text without HTML comments, cut at a word: at most so many characters, and five lines.',
  example: '{{excerpt issue.body 300}}',
  run({ values: [value, limit], named: { lines } }) {
    const text = withoutComments(toText(value)).trim();
    const cut = cutWords(firstLines(text, toCount(lines, LINES)), toCount(limit, 300));
    return cut === text ? text : withoutEmptyItem(withoutOpenLink(cut));
  },
});

const LINES = 5;

/** A text's first lines that are not blank, and what is between them. */
function firstLines(text: string, count: number): string {
  let end = 0;
  for (let line = 0; line < count; line++) {
    end += /^\s*[^\n]*/.exec(text.slice(end))?.[0].length ?? 0;
    if (end >= text.length) return text;
  }
  const kept = text.slice(0, end).trimEnd();
  // The fence that ends a block of code must stand alone.
  return `${kept}${/(?:^|\n)[ \t]*(?:```|~~~)\S*$/.test(kept) ? '\n' : ''}${CUT_MARK}`;
}

/** A link whose end was cut off would show its inner workings. */
function withoutOpenLink(cut: string): string {
  const open = /!?\[[^\]\n]{0,200}(?:\](?:\([^)\s]{0,300})?)?…$/.exec(cut.slice(-512));
  return open?.[0].includes('](') ? `${cut.slice(0, cut.length - open[0].length).trimEnd()}…` : cut;
}

/** A list would end with a mark and nothing behind it. */
function withoutEmptyItem(cut: string): string {
  return cut.replace(/\s*\n[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]*…$/, '…');
}
