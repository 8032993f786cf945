import type { Block, Inline } from './tree.ts';

export type Node = Block | Inline;

/** What a node costs besides its text, so that many empty nodes are not free. */
export const NODE_COST = 2;

/** How many of the first nodes have room, and what they leave of it. */
export function countFitting<T>(nodes: readonly T[], room: number, cost: (node: T) => number) {
  let [count, left] = [0, room];
  for (const node of nodes) {
    const price = NODE_COST + cost(node);
    if (price > left) break;
    left -= price;
    count++;
  }
  return { count, left };
}

/** About how many characters the inside of a node takes once it is written. */
export function costOf(node: Node): number {
  if ('text' in node) return node.text.length;
  if (node.type === 'link') return node.url.length + costOfAll(node.children);
  if ('children' in node) return costOfAll(node.children);
  if (node.type === 'list') return sum(node.items, ({ children }) => costOfAll(children));
  return node.type === 'table' ? sum(node.rows, costOfRow) : 0;
}

export function costOfAll(nodes: readonly Node[]): number {
  return sum(nodes, costOf);
}

export function costOfRow(row: readonly (readonly Inline[])[]): number {
  return sum(row, costOfAll);
}

function sum<T>(nodes: readonly T[], cost: (node: T) => number): number {
  return nodes.reduce((total, node) => total + NODE_COST + cost(node), 0);
}
