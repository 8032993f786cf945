import type { Mention } from './message.ts';
import type { Block, Inline } from './tree.ts';

/** Inline nodes as the plain text a reader sees; mentions by name. */
export function inlineText(nodes: readonly Inline[], mentions: readonly Mention[]): string {
  return nodes.map((node) => textOf(node, mentions)).join('');
}

/** A tree as plain text, a line for each block. */
export function blockText(blocks: readonly Block[], mentions: readonly Mention[]): string {
  return blocks
    .map((block) => linesOf(block, mentions))
    .filter(Boolean)
    .join('\n');
}

/** What a mention says where it cannot ping. */
export function mentionText(mention: Mention | undefined): string {
  return `@${mention?.name || 'someone'}`;
}

function textOf(node: Inline, mentions: readonly Mention[]): string {
  switch (node.type) {
    case 'text':
    case 'code':
      return node.text;
    case 'break':
      return '\n';
    case 'mention':
      return mentionText(mentions[node.index]);
    case 'time':
      return node.fallback;
    default:
      return inlineText(node.children, mentions);
  }
}

function linesOf(block: Block, mentions: readonly Mention[]): string {
  switch (block.type) {
    case 'paragraph':
    case 'heading':
      return inlineText(block.children, mentions);
    case 'code':
      return block.text;
    case 'quote':
      return blockText(block.children, mentions);
    case 'list':
      return block.items.map(({ children }) => blockText(children, mentions)).join('\n');
    case 'table':
      return block.rows.map((row) => row.map((cell) => inlineText(cell, mentions)).join(' ')).join('\n');
    case 'rule':
      return '';
  }
}
