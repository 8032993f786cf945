import type { ProblemPlace } from './problem.ts';

/** What a call names. A path such as `a.b` or `../a` names nothing that can be called. */
export function nameOf(path: hbs.AST.Expression): string {
  if (isPath(path)) return path.original;
  return 'original' in path ? String(path.original) : '';
}

/** Where a node stands in its template. */
export function placeOf({ loc: { start, end } }: hbs.AST.Node): ProblemPlace {
  return {
    line: start.line,
    column: start.column + 1,
    end: { line: end.line, column: end.column + 1 },
  };
}

export function isMustache(node: hbs.AST.Node): node is hbs.AST.MustacheStatement {
  return node.type === 'MustacheStatement';
}

export function isBlock(node: hbs.AST.Node): node is hbs.AST.BlockStatement {
  return node.type === 'BlockStatement';
}

export function isPartial(node: hbs.AST.Node): node is hbs.AST.PartialStatement {
  return node.type === 'PartialStatement';
}

export function isPath(node: hbs.AST.Node): node is hbs.AST.PathExpression {
  return node.type === 'PathExpression';
}

export function isCall(node: hbs.AST.Node): node is hbs.AST.SubExpression {
  return node.type === 'SubExpression';
}
