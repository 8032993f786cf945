import { plainText } from '../../core/message/tree-text.ts';
import { isBlank, toLine } from '../values/values.ts';
import { parseMarkdown } from './markdown.ts';
import { isSafeMarkdown, toMarkdown } from './safe-markdown.ts';

/** Values as one line of plain words with a space between them, but none before a comma or a colon. What is blank, or false, is no word. */
export function joinWords(values: readonly unknown[]): string {
  let line = '';
  for (const value of values) {
    if (isBlank(value) || value === false) continue;
    const word = isSafeMarkdown(value) ? plainText(parseMarkdown(toMarkdown(value))) : toLine(value);
    if (word) line += line && !/^[,:;.]\s/.test(word) ? ` ${word}` : word;
  }
  return line;
}
