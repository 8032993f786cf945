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

/** What the tree says, as one line of plain text. */
export function plainText(nodes: readonly (Block | Inline)[], separator = ' '): string {
  return nodes
    .map(wordsOf)
    .filter(Boolean)
    .join(nodes.every(isInline) ? '' : separator);
}

function wordsOf(node: Block | Inline): string {
  switch (node.type) {
    case 'text':
    case 'code':
      return node.text;
    case 'time':
      return node.fallback;
    case 'break':
      return ' ';
    case 'mention':
    case 'rule':
      return '';
    case 'list':
      return node.items.map(({ children }) => plainText(children)).join(', ');
    case 'table':
      return node.rows.map((row) => row.map((cell) => plainText(cell)).join(' ')).join('; ');
    default:
      return plainText(node.children as readonly (Block | Inline)[]);
  }
}

// `code` is either; beside blocks it is a block.
function isInline({ type }: Block | Inline): boolean {
  return !['paragraph', 'heading', 'list', 'quote', 'table', 'rule'].includes(type);
}
