import { atWord, CUT_MARK, headOf } from '../text/cut-text.ts';
import type { Block, Inline, ListItem } from './tree.ts';
import { NODE_COST, type Node } from './tree-cost.ts';

export interface CutTree {
  readonly blocks: readonly Block[];
  /** How many characters were left out; 0 when the tree is whole. */
  readonly left: number;
}

/** The beginning of a tree that holds at most `room` characters, every node closed, with `…` where text was cut. */
export function cutTree(blocks: readonly Block[], room: number): CutTree {
  const budget: Budget = { room, spent: false };
  const kept = takeBlocks(blocks, budget);
  return { blocks: kept, left: budget.spent ? Math.max(1, treeSize(blocks) - treeSize(kept)) : 0 };
}

/**
 * The longest beginning of a tree that weighs at most `limit` once it is written, found by cutting shorter until it
 * fits. Nothing is left of a tree that cannot fit.
 */
export function fitTree(blocks: readonly Block[], limit: number, weigh: (blocks: readonly Block[]) => number): CutTree {
  let room = Math.max(0, Math.floor(limit));
  while (room > 0) {
    const cut = cutTree(blocks, room);
    const weight = weigh(cut.blocks);
    if (weight <= limit) return cut;
    room = Math.min(room - 1, Math.floor((room * limit * 0.97) / weight));
  }
  return { blocks: [], left: blocks.length > 0 ? Math.max(1, treeSize(blocks)) : 0 };
}

/** How many characters a tree holds. */
export function treeSize(nodes: readonly Node[]): number {
  let size = 0;
  for (const node of nodes) {
    if ('text' in node) size += node.text.length;
    else if ('children' in node) size += treeSize(node.children);
    else if (node.type === 'list') for (const { children } of node.items) size += treeSize(children);
    else if (node.type === 'table') for (const row of node.rows) for (const cell of row) size += treeSize(cell);
  }
  return size;
}

interface Budget {
  room: number;
  spent: boolean;
}

function takeAll<T>(nodes: readonly T[], budget: Budget, take: (node: T) => T | undefined): readonly T[] {
  const kept: T[] = [];
  for (const node of nodes) {
    if (budget.spent) break;
    if (budget.room < NODE_COST) {
      budget.spent = true;
      break;
    }
    budget.room -= NODE_COST;
    const taken = take(node);
    if (taken !== undefined) kept.push(taken);
  }
  return kept;
}

function takeBlocks(blocks: readonly Block[], budget: Budget): readonly Block[] {
  return takeAll(blocks, budget, (block) => takeBlock(block, budget));
}

function takeBlock(block: Block, budget: Budget): Block | undefined {
  switch (block.type) {
    case 'paragraph':
    case 'heading':
      return filled({ ...block, children: takeInlines(block.children, budget) });
    case 'quote':
      return filled({ ...block, children: takeBlocks(block.children, budget) });
    case 'code':
      return { ...block, text: takeText(block.text, budget) };
    case 'list': {
      const items = takeAll<ListItem>(block.items, budget, (item) => ({
        ...item,
        children: takeBlocks(item.children, budget),
      }));
      return items.length > 0 ? { ...block, items } : undefined;
    }
    case 'table': {
      const rows = takeAll(block.rows, budget, (row) => takeRow(row, budget));
      return rows.length > 0 ? { ...block, rows } : undefined;
    }
    case 'rule':
      return block;
  }
}

/** A row is kept whole or not at all: half a row would misalign its table. */
function takeRow(row: readonly (readonly Inline[])[], budget: Budget): readonly (readonly Inline[])[] | undefined {
  const size = row.reduce((sum, cell) => sum + NODE_COST + treeSize(cell), 0);
  budget.spent = size > budget.room;
  if (budget.spent) return undefined;
  budget.room -= size;
  return row;
}

function takeInlines(nodes: readonly Inline[], budget: Budget): readonly Inline[] {
  return takeAll<Inline>(nodes, budget, (node) => {
    if ('text' in node) return { ...node, text: takeText(node.text, budget) };
    if ('children' in node) return filled({ ...node, children: takeInlines(node.children, budget) });
    return node;
  });
}

function takeText(text: string, budget: Budget): string {
  if (text.length <= budget.room) {
    budget.room -= text.length;
    return text;
  }
  budget.spent = true;
  return atWord(headOf(text, budget.room)) + CUT_MARK;
}

function filled<T extends { readonly children: readonly unknown[] }>(node: T): T | undefined {
  return node.children.length > 0 ? node : undefined;
}
