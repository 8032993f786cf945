/** A node of a condition, as the library builds it; its own types leave out what it adds when it checks one. */
export interface Node {
  readonly op: string;
  args: unknown;
  readonly start: number;
  readonly end: number;
  readonly meta: { readonly alternate?: Node };
  handle?: (left: unknown, right: unknown, ...rest: readonly unknown[]) => unknown;
}

interface Loop {
  readonly iterVarName: string;
  readonly iterable: Node;
  readonly init: Node;
  readonly step: Node;
}

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value;
}

function isLoop(value: unknown): value is Loop {
  return typeof value === 'object' && value !== null && 'iterVarName' in value;
}

/** Visits every node, each before those in it. `bound` names the variables of the loops around it. */
export function visit(
  value: unknown,
  see: (node: Node, bound: readonly string[]) => void,
  bound: readonly string[] = [],
): void {
  if (Array.isArray(value)) {
    for (const item of value) visit(item, see, bound);
    return;
  }
  if (isLoop(value)) {
    visit(value.iterable, see, bound);
    visit(value.init, see, bound);
    visit(value.step, see, [...bound, value.iterVarName]);
    return;
  }
  if (!isNode(value)) return;
  see(value, bound);
  visit(value.meta.alternate?.op === 'comprehension' ? value.meta.alternate : value.args, see, bound);
}
