import { atWord, headOf } from '../text/cut-text.ts';
import type { Block, Inline } from './tree.ts';
import { costOf, costOfAll, costOfRow, countFitting, NODE_COST, type Node } from './tree-cost.ts';

export interface SplitTree {
  readonly head: readonly Block[];
  /** What follows, so that both together say what the tree does. */
  readonly rest: readonly Block[];
}

export interface SplitOptions {
  /** What the head may weigh once it is written. */
  readonly limit: number;
  readonly weigh: (blocks: readonly Block[]) => number;
  /** Whether a block that does not fit any more goes to the rest as a whole. */
  readonly whole: (block: Block) => boolean;
}

/**
 * The beginning of a tree that weighs at most `limit`, and the rest. Code continues as code, a list with the next number,
 * a table with the next row. Links, mentions and moments are never split; the head is empty when nothing fits.
 */
export function splitTree(blocks: readonly Block[], { limit, weigh, whole }: SplitOptions): SplitTree {
  // Twice as much as may fit, because what a node is taken to cost can be more than it weighs.
  let room = Math.floor(2 * limit);
  while (room > 0) {
    const split = splitBlocks(blocks, room);
    const weight = weigh(split.head);
    if (weight <= limit) return atBoundary(blocks, split, whole);
    room = Math.min(room - 1, Math.floor((room * limit * 0.98) / weight));
  }
  return { head: [], rest: blocks };
}

/** Moves to the rest what should not be torn: a block to be kept whole, and a heading from what stands under it. */
function atBoundary(blocks: readonly Block[], split: SplitTree, whole: SplitOptions['whole']): SplitTree {
  let count = split.head.length;
  const last = blocks[count - 1];
  if (split.rest.length === 0 || !last) return split;
  if (split.head[count - 1] !== last) {
    if (!whole(last)) return split;
    count--;
  }
  const end = blocks.slice(0, count).findLastIndex(({ type }) => type !== 'heading') + 1 || count;
  return { head: blocks.slice(0, end), rest: blocks.slice(end) };
}

interface Halves<T> {
  readonly head: readonly T[];
  readonly rest: readonly T[];
}

function splitBlocks(blocks: readonly Block[], room: number): Halves<Block> {
  return splitNodes(blocks, room, splitBlock);
}

function splitNodes<T extends Node>(
  nodes: readonly T[],
  room: number,
  split: (node: T, room: number) => Halves<T>,
): Halves<T> {
  const { count, left } = countFitting(nodes, room, costOf);
  const next = nodes[count];
  if (next === undefined) return { head: nodes, rest: [] };
  const { head, rest } = split(next, left - NODE_COST);
  return { head: [...nodes.slice(0, count), ...head], rest: [...rest, ...nodes.slice(count + 1)] };
}

function splitBlock(block: Block, room: number): Halves<Block> {
  switch (block.type) {
    case 'paragraph':
    case 'heading':
      return within(splitInlines(block.children, room), (children) => ({ ...block, children }));
    case 'quote':
      return within(splitBlocks(block.children, room), (children) => ({ ...block, children }));
    case 'code':
      return within(splitLines(block.text, room), ([text = '']) => ({ ...block, text }));
    case 'list':
      return splitList(block, room);
    case 'table':
      return splitTable(block, room);
    case 'rule':
      return { head: [], rest: [block] };
  }
}

/** Between items; inside of one only when it is the first. What follows of that stands beside the list, because it has no number. */
function splitList(list: Extract<Block, { readonly type: 'list' }>, room: number): Halves<Block> {
  const { items, start } = list;
  const from = (count: number): readonly Block[] =>
    count < items.length ? [{ ...list, start: start + count, items: items.slice(count) }] : [];
  const { count } = countFitting(items, room, ({ children }) => costOfAll(children));
  if (count > 0) return { head: [{ ...list, items: items.slice(0, count) }], rest: from(count) };
  const [first] = items;
  const { head, rest } = splitBlocks(first?.children ?? [], room - NODE_COST);
  if (!first || head.length === 0) return { head: [], rest: [list] };
  return { head: [{ ...list, items: [{ ...first, children: head }] }], rest: [...rest, ...from(1)] };
}

/** Between rows, and never right below the header. */
function splitTable(table: Extract<Block, { readonly type: 'table' }>, room: number): Halves<Block> {
  const { count } = countFitting(table.rows, room, costOfRow);
  if (count < (table.continued ? 1 : 2)) return { head: [], rest: [table] };
  return {
    head: [{ ...table, rows: table.rows.slice(0, count) }],
    rest: [{ ...table, continued: true, rows: table.rows.slice(count) }],
  };
}

function splitInlines(nodes: readonly Inline[], room: number): Halves<Inline> {
  return splitNodes(nodes, room, splitInline);
}

function splitInline(node: Inline, room: number): Halves<Inline> {
  switch (node.type) {
    case 'text':
    case 'code':
      return within(splitWords(node.text, room), ([text = '']) => ({ ...node, text }));
    case 'strong':
    case 'emphasis':
    case 'strike':
      return within(splitInlines(node.children, room), (children) => ({ ...node, children }));
    default:
      return { head: [], rest: [node] };
  }
}

function splitWords(text: string, room: number): Halves<string> {
  const head = headOf(text, room);
  return splitText(text, /\s/.test(text.charAt(head.length)) ? head.length : atWord(head).length);
}

/** At the end of a line, where one is near enough. */
function splitLines(text: string, room: number): Halves<string> {
  const { length } = headOf(text, room);
  const end = text.lastIndexOf('\n', length);
  return end > 0 && length > 0 ? { head: [text.slice(0, end)], rest: [text.slice(end + 1)] } : splitText(text, length);
}

function splitText(text: string, at: number): Halves<string> {
  return at > 0 ? { head: [text.slice(0, at)], rest: [text.slice(at)] } : { head: [], rest: [text] };
}

function within<Child, Parent>(
  { head, rest }: Halves<Child>,
  toParent: (children: readonly Child[]) => Parent,
): Halves<Parent> {
  return { head: head.length > 0 ? [toParent(head)] : [], rest: rest.length > 0 ? [toParent(rest)] : [] };
}
