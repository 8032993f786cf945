import { type Markdown, stripSentinels } from '../../core/message/message.ts';

/** Text as inline code, whatever backticks it holds. */
export function inlineCode(text: string): Markdown {
  const line = stripSentinels(text).replace(/\s+/g, ' ').trim();
  if (line === '') return '';
  const fence = '`'.repeat(longestRun(line) + 1);
  const pad = /^`|`$/.test(line) ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** Text as a block of code, whatever backticks it holds. Begins and ends with a line break of its own. */
export function codeBlock(text: string, language = ''): Markdown {
  const lines = stripSentinels(text)
    .replace(/\r\n?/g, '\n')
    .replace(/^(?:[ \t]*\n)+|\s+$/g, '');
  if (lines === '') return '';
  const fence = '`'.repeat(Math.max(3, longestRun(lines) + 1));
  return `\n${fence}${language.replace(/[^\w+#.-]/g, '').slice(0, 30)}\n${lines}\n${fence}\n`;
}

function longestRun(text: string): number {
  return (text.match(/`+/g) ?? []).reduce((longest, { length }) => Math.max(longest, length), 0);
}
