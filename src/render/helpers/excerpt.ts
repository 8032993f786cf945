import { cutWords } from '../../core/text/cut-text.ts';
import { withoutComments } from '../markdown/tame-markdown.ts';
import { defineHelper } from '../template/helper.ts';
import { toText } from '../values/text.ts';
import { toCount } from '../values/values.ts';

export default defineHelper({
  summary: 'The beginning of a text without HTML comments, cut at a word.',
  example: '{{excerpt issue.body 300}}',
  run({ values: [value, limit] }) {
    const text = withoutComments(toText(value)).trim();
    const cut = cutWords(text, toCount(limit, 300));
    return cut === text ? text : withoutEmptyItem(withoutOpenLink(cut));
  },
});

/** A link whose end was cut off would show its inner workings. */
function withoutOpenLink(cut: string): string {
  const open = /!?\[[^\]\n]{0,200}(?:\](?:\([^)\s]{0,300})?)?…$/.exec(cut.slice(-512));
  return open?.[0].includes('](') ? `${cut.slice(0, cut.length - open[0].length).trimEnd()}…` : cut;
}

/** A list would end with a mark and nothing behind it. */
function withoutEmptyItem(cut: string): string {
  return cut.replace(/\s*\n[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]*…$/, '…');
}
