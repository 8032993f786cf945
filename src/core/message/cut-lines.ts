import { CUT_MARK } from '../text/cut-text.ts';
import { type CutTree, cutTree } from './cut-tree.ts';
import type { Block, Inline } from './tree.ts';
import { inlineText } from './tree-text.ts';

/** About what a chat puts on one line. */
const LINE_LENGTH = 90;
/** More than the markup around one line weighs. */
const LINE_COST = 60;

/** The beginning of a tree that takes at most so many lines, with `…` where something was left out. */
export function cutLines(blocks: readonly Block[], limit: number): CutTree {
  if (countLines(blocks) <= limit) return { blocks, left: 0 };
  let [low, high] = [0, limit * (LINE_LENGTH + LINE_COST)];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (countLines(cutTree(blocks, middle).blocks) <= limit) low = middle;
    else high = middle - 1;
  }
  const { blocks: kept, left } = cutTree(blocks, low);
  return { blocks: endsCut(kept) ? kept : [...kept, ELLIPSIS], left: Math.max(1, left) };
}

const ELLIPSIS: Block = { type: 'paragraph', children: [{ type: 'text', text: CUT_MARK }] };

/** How many lines a tree takes, at a guess: chats are wider and narrower than that. */
export function countLines(blocks: readonly Block[]): number {
  return blocks.reduce((sum, block) => sum + linesOf(block), 0);
}

function linesOf(block: Block): number {
  switch (block.type) {
    case 'paragraph':
    case 'heading':
      return textLines(inlineText(block.children, []));
    case 'code':
      return block.text.split('\n').length;
    case 'quote':
      return countLines(block.children);
    case 'list':
      return block.items.reduce((sum, { children }) => sum + Math.max(1, countLines(children)), 0);
    case 'table':
      return block.rows.length;
    case 'rule':
      return 1;
  }
}

function textLines(text: string): number {
  return text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / LINE_LENGTH)), 0);
}

function endsCut(nodes: readonly (Block | Inline)[]): boolean {
  const last = nodes.at(-1);
  if (!last) return false;
  if ('text' in last) return last.text.endsWith(CUT_MARK);
  if ('children' in last) return endsCut(last.children);
  return last.type === 'list' && endsCut(last.items.at(-1)?.children ?? []);
}
