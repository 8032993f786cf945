import type { Condition, ConditionInput } from '../core/event/condition.ts';
import { environment } from './environment.ts';
import { toCondition } from './to-condition.ts';
import { isNode, type Node } from './tree.ts';

/** The parts of a condition that are joined by `&&` and false of an event; the condition itself where it is one part. */
export function falseParts({ text }: Pick<Condition, 'text'>, input: ConditionInput): readonly Condition[] {
  const parts = split(text).map(toCondition);
  const wrong = parts.filter((part) => part.test(input) === false);
  return wrong.length > 0 ? wrong : [toCondition(text)];
}

function split(text: string): readonly string[] {
  let root: unknown;
  try {
    root = environment.parse(text).ast;
  } catch {
    return [text];
  }
  return isNode(root) ? conjuncts(root).map((node) => textOf(node, text)) : [text];
}

function conjuncts(node: Node): readonly Node[] {
  if (node.op !== '&&' || !Array.isArray(node.args)) return [node];
  return node.args.filter(isNode).flatMap(conjuncts);
}

/** A node's text. The library leaves out parentheses at its ends, so they are taken along until all are closed. */
function textOf({ start, end }: Node, text: string): string {
  let [from, to] = [start, end];
  for (let open = openIn(text.slice(from, to)); open > 0 && text[to] === ')'; open--) to++;
  for (let open = openIn(text.slice(from, to)); open < 0 && text[from - 1] === '('; open++) from--;
  return text.slice(from, to).trim();
}

/** How many parentheses are opened and not closed, quotes left aside. */
function openIn(text: string): number {
  const bare = text.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, '');
  return [...bare].reduce((open, character) => open + (character === '(' ? 1 : character === ')' ? -1 : 0), 0);
}
