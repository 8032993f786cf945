import { plainText } from '../../core/message/tree-text.ts';
import { toLine } from '../values/values.ts';
import { isThere } from './is-there.ts';
import { parseMarkdown } from './markdown.ts';
import { isSafeMarkdown, toMarkdown } from './safe-markdown.ts';

/** Values as one line of plain words with a space between them, but none before a comma or a colon. A value that is not there adds no word. */
export function joinWords(values: readonly unknown[]): string {
  let line = '';
  for (const value of values) {
    if (!isThere(value)) continue;
    const word = isSafeMarkdown(value) ? plainText(parseMarkdown(toMarkdown(value))) : toLine(value);
    if (word) line += line && !/^[,:;.]\s/.test(word) ? ` ${word}` : word;
  }
  return line;
}
