import { cutLines } from './cut-lines.ts';
import { cutTree, treeSize } from './cut-tree.ts';
import { toInline } from './markdown/inline-markdown.ts';
import type { Field, Message } from './message.ts';
import type { Block, Inline, ParseMarkdown } from './tree.ts';

/** A second line, and an excerpt of five. */
const BODY_LINES = 6;
const VALUE_LENGTH = 160;

/** The body as far as the message's density shows it. */
export function shownBody(
  { body, density }: Pick<Message, 'body' | 'density'>,
  parseMarkdown: ParseMarkdown,
): readonly Block[] {
  const tree = parseMarkdown(body);
  return density === 'normal' ? cutLines(tree, BODY_LINES).blocks : tree;
}

/** A field's value as far as the message's density shows it. */
export function shownValue(
  { value }: Field,
  { density, mentions }: Pick<Message, 'density' | 'mentions'>,
  parseMarkdown: ParseMarkdown,
): readonly Inline[] {
  const inline = toInline(value, parseMarkdown, mentions);
  if (density !== 'normal' || treeSize(inline) <= VALUE_LENGTH) return inline;
  const [cut] = cutTree([{ type: 'paragraph', children: inline }], VALUE_LENGTH).blocks;
  return cut?.type === 'paragraph' ? cut.children : [];
}

/** Whether the density leaves something out. */
export function isShortened(message: Pick<Message, 'body' | 'density'>, parseMarkdown: ParseMarkdown): boolean {
  return message.density === 'normal' && cutLines(parseMarkdown(message.body), BODY_LINES).left > 0;
}
