import { cleanText, oneLine } from './clean-text.ts';
import { cutText, cutTree } from './fit.ts';
import type { Message } from './message.ts';
import type { Block } from './tree.ts';
import { blockText } from './tree-text.ts';

const LENGTH = 300;

/** The notification: one plain line that makes sense alone, never empty. The tree is the message's body, parsed. */
export function toSummaryLine({ summary, title, mentions, fields, footer }: Message, body: readonly Block[]): string {
  const own = oneLine(summary ?? '');
  if (own) return cutText(own, LENGTH);
  const bodyLine = blockText(cutTree(body.slice(0, 3), 2 * LENGTH).blocks, mentions).replace(/\n+/g, ' · ');
  const parts = [title?.text ?? '', bodyLine].map(oneLine).filter(Boolean);
  const line = parts.join(' — ') || oneLine(fields[0]?.name ?? '') || oneLine(footer ?? '');
  return cleanText(cutText(line, LENGTH)) || 'A message without words';
}
