import { cutText } from '../../text/cut-text.ts';
import { escapeMarkdown, type Markdown, stripSentinels } from '../message.ts';

const LIMIT = 200;

/** Text as inline code: shown exactly, on one line, whatever it holds. */
export function inlineCode(text: string): Markdown {
  const line = stripSentinels(text).replace(/\s+/g, ' ').trim() || ' ';
  const longest = Math.max(0, ...Array.from(line.matchAll(/`+/g), ([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest ? `${fence} ${line} ${fence}` : `${fence}${line}${fence}`;
}

/** What somebody typed, as inline code, cut to what a sentence can carry. */
export function quoted(text: string): Markdown {
  return inlineCode(cutText(text, LIMIT));
}

/** A plain sentence that names things in backticks, such as a reason: those become code, and all else is text. */
export function sentenceMarkdown(text: string): Markdown {
  return text
    .split(/(`[^`\n]+`)/)
    .map((part, index) => (index % 2 ? inlineCode(part.slice(1, -1)) : escapeMarkdown(part)))
    .join('');
}
