import { oneLine } from '../text/clean-text.ts';
import { cutText } from '../text/cut-text.ts';
import { cutTree } from './cut-tree.ts';
import { marked } from './mark.ts';
import type { Message } from './message.ts';
import type { Block, ParseMarkdown } from './tree.ts';
import { blockText, plainText } from './tree-text.ts';

/** What a lock screen shows of a line. */
const LENGTH = 150;
const FIELDS = 3;
const LONGEST = 1_000;

/**
 * The notification: the message's first line with its mark, or what a message without one says first. Never empty. The
 * tree is the message's body, parsed.
 */
export function toSummaryLine(
  { title, mark, mentions, fields, footer }: Message,
  body: readonly Block[],
  parseMarkdown: ParseMarkdown,
): string {
  if (title) return marked(mark, cutText(title.text, LENGTH));
  const said = [() => bodyLine(body, mentions), () => fieldLine(fields, parseMarkdown), () => footer];
  return cutText(firstOf(said), LENGTH) || 'A message without text';
}

/** Whether the notification must reach a phone: its message is severe, pings somebody, or the route asks for it. */
export function notifies({ title, mark, mentions, notify = 'important' }: Message): boolean {
  if (!title || notify === 'never') return false;
  return notify === 'always' || mark === 'failed' || mark === 'warning' || mentions.length > 0;
}

function firstOf(finders: readonly (() => string | undefined)[]): string {
  for (const find of finders) {
    const found = oneLine(find() ?? '');
    if (found) return found;
  }
  return '';
}

/** The beginning is enough: nothing later can reach the line. */
function bodyLine(body: readonly Block[], mentions: Message['mentions']): string {
  return blockText(cutTree(body.slice(0, 3), 2 * LENGTH).blocks, mentions).replace(/\n+/g, ' · ');
}

function fieldLine(fields: Message['fields'], parseMarkdown: ParseMarkdown): string {
  return fields
    .slice(0, FIELDS)
    .map(({ name, value }) => `${name}: ${oneLine(plainText(parseMarkdown(value.slice(0, LONGEST))))}`)
    .join(', ');
}
