import { escapeMarkdown, type Markdown, stripSentinels } from './message.ts';

const LIMIT = 200;

/** Text as inline code: shown exactly, on one line, whatever it holds. */
export function inlineCode(text: string): Markdown {
  const line = stripSentinels(text).replace(/\s+/g, ' ').trim() || ' ';
  const longest = Math.max(0, ...Array.from(line.matchAll(/`+/g), ([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest ? `${fence} ${line} ${fence}` : `${fence}${line}${fence}`;
}

/** A sentence of Bellhop's own, in which backticks name things; all else in it stays as it is. */
export function sentence(text: string): Markdown {
  const parts = text.split('`');
  // Without its other half a backtick names nothing.
  if (parts.length % 2 === 0) return escapeMarkdown(text);
  return parts.map((part, index) => (index % 2 === 1 ? inlineCode(part) : escapeMarkdown(part))).join('');
}

/** What somebody typed, as inline code, cut to what a sentence can carry. */
export function quoted(text: string): Markdown {
  return inlineCode(text.length > LIMIT ? `${text.slice(0, LIMIT)}…` : text);
}
