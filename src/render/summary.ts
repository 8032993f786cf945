import type { Message } from '../core/message.ts';
import { type ParseMarkdown, plainText } from '../core/tree.ts';
import { clipWords, takeGraphemes } from './graphemes.ts';

const LIMIT = 150;
/** A title at least this long says enough alone. */
const TELLING = 90;

/** The phone notification: one plain line that makes sense alone, of at most 150 characters as people count them. */
export function summarize(message: Message, parse: ParseMarkdown): string {
  if (message.summary) return clipWords(oneLine(message.summary), LIMIT);
  const title = oneLine(message.title?.text ?? '');
  if (takeGraphemes(title, TELLING) !== title) return clipWords(title, LIMIT);
  const rest = [() => said(message.body, parse), () => fieldsText(message, parse), () => oneLine(message.footer ?? '')];
  for (const find of rest) {
    const text = find();
    if (!text || title.includes(text)) continue;
    return clipWords(title ? `${title}${/[.!?:…]$/.test(title) ? '' : ':'} ${text}` : text, LIMIT);
  }
  return title || 'A new event';
}

function fieldsText({ fields }: Message, parse: ParseMarkdown): string {
  return fields
    .slice(0, 3)
    .map(({ name, value }) => `${oneLine(name)} ${said(value, parse)}`)
    .join(', ');
}

/** The beginning is enough: nothing after a few hundred characters can reach the line. */
function said(markdown: string, parse: ParseMarkdown): string {
  return markdown.trim() === '' ? '' : oneLine(plainText(parse(markdown.slice(0, 1_000))));
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
