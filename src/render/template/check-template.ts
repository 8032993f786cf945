import { distance } from 'fastest-levenshtein';
import type Handlebars from 'handlebars';
import { stripSentinels } from '../../core/message/message.ts';
import type { Limits } from '../values/limits.ts';
import { BLOCKS } from './blocks.ts';
import { checkSize } from './check-size.ts';
import type { Helper } from './helper.ts';
import { parseTemplate } from './parse-template.ts';
import { type Position, TemplateProblem } from './problem.ts';
import { tidyLines } from './tidy-lines.ts';

/** The helper that every printed value goes through. No template can name it: what templates name is looked up first. */
export const PRINT = '$print';
/** The helper that calls all others by name: Handlebars prepares every helper it knows for every rendering, so it knows few. */
export const CALL = '$call';

const DATA: ReadonlySet<string> = new Set([
  'type',
  'provider',
  'about',
  'endpoint',
  'receivedAt',
  'verified',
  'root',
  'index',
  'key',
  'first',
  'last',
]);

export interface CheckedTemplate {
  readonly tree: hbs.AST.Program;
  readonly partials: readonly { readonly name: string; readonly position: Position }[];
}

export interface CheckParts {
  readonly helpers: ReadonlyMap<string, Helper>;
  readonly limits: Limits;
}

/**
 * Parses a template and makes it safe to compile: only values, known helpers, four blocks and named partials remain, and
 * every printed value goes through `PRINT`, triple braces or not. Throws `TemplateProblem` with line and column.
 */
export function checkTemplate(
  handlebars: typeof Handlebars,
  source: string,
  { helpers, limits }: CheckParts,
): CheckedTemplate {
  checkSize(source, limits);
  const tree = parseTemplate(handlebars, stripSentinels(source));
  const partials: { readonly name: string; readonly position: Position }[] = [];

  const effects = new Set<hbs.AST.Node>();

  const program = (node: hbs.AST.Program | undefined, depth: number) => {
    if (!node) return;
    node.body = node.body.map((child) => statement(child, depth + 1));
  };

  const statement = (node: hbs.AST.Statement, depth: number): hbs.AST.Statement => {
    if (depth > limits.depth) throw problem(node, `The template nests blocks more than ${limits.depth} deep.`);
    if (isMustache(node)) return mustache(node);
    if (isBlock(node)) return block(node, depth);
    if (isPartial(node)) return partial(node);
    if (node.type === 'ContentStatement' || node.type === 'CommentStatement') return node;
    throw problem(node, 'A template cannot define partials or decorators.');
  };

  const mustache = (node: hbs.AST.MustacheStatement): hbs.AST.Statement => {
    const called = node.params.length > 0 || node.hash !== undefined;
    const value: hbs.AST.Expression = called ? { ...node, type: 'SubExpression' as const } : node.path;
    const effect = called && helpers.get(nameOf(node.path))?.effect === true;
    expression(value, 1);
    if (effect && isCall(value)) {
      const statement = { ...node, path: value.path, params: value.params };
      effects.add(statement);
      return statement;
    }
    const printed: hbs.AST.MustacheStatement = {
      type: 'MustacheStatement',
      path: pathTo(PRINT, node.loc),
      params: [value],
      hash: emptyHash(node.loc),
      escaped: true,
      strip: node.strip,
      loc: node.loc,
    };
    return printed;
  };

  const block = (node: hbs.AST.BlockStatement, depth: number): hbs.AST.Statement => {
    const name = nameOf(node.path);
    if (!BLOCKS.has(name)) {
      throw problem(node, `There is no block \`#${name}\`. ${nearest(name, BLOCKS)}`);
    }
    if (node.params.length !== 1 || node.hash) throw problem(node, `The block \`#${name}\` takes exactly one value.`);
    for (const param of node.params) expression(param, 1);
    program(node.program, depth);
    program(node.inverse, depth);
    return node;
  };

  const partial = (node: hbs.AST.PartialStatement): hbs.AST.Statement => {
    const { name } = node;
    if (!isPath(name) || name.data || name.depth > 0) throw problem(node, 'A partial is named by its plain name.');
    partials.push({ name: name.original, position: positionOf(node) });
    for (const param of node.params) expression(param, 1);
    for (const { value } of node.hash?.pairs ?? []) expression(value, 1);
    return node;
  };

  const expression = (node: hbs.AST.Expression, depth: number) => {
    if (depth > limits.depth) throw problem(node, `The template nests parentheses more than ${limits.depth} deep.`);
    if (isPath(node)) return checkPath(node);
    if (!isCall(node)) return;
    const name = nameOf(node.path);
    if (!helpers.has(name)) {
      throw problem(node, `There is no helper \`${name}\`. ${nearest(name, new Set(helpers.keys()))}`);
    }
    if (depth > 1 && helpers.get(name)?.effect)
      throw problem(node, `\`${name}\` gives no value, so it cannot be used within another helper.`);
    for (const param of node.params) expression(param, depth + 1);
    for (const { value } of node.hash?.pairs ?? []) expression(value, depth + 1);
    node.params = [textOf(name, node.loc), ...node.params];
    node.path = pathTo(CALL, node.loc);
  };

  program(tree, 0);
  tidyLines(tree, (node) => effects.has(node));
  return { tree, partials };
}

function checkPath(node: hbs.AST.PathExpression) {
  const name = node.parts[0] ?? '';
  if (!node.data || DATA.has(name)) return;
  throw problem(
    node,
    `There is no variable \`@${name}\`. ${nearest(`@${name}`, new Set([...DATA].map((known) => `@${known}`)))}`,
  );
}

/** What a call names. A path such as `a.b` or `../a` names nothing that can be called. */
function nameOf(path: hbs.AST.Expression): string {
  if (isPath(path)) return path.original;
  return 'original' in path ? String(path.original) : '';
}

function nearest(name: string, known: ReadonlySet<string>): string {
  const typed = name.toLowerCase().slice(0, 64);
  const [best] = [...known]
    .map((other) => ({
      other,
      steps: distance(typed, other.toLowerCase()),
      longer: Math.abs(other.length - typed.length),
    }))
    .toSorted((a, b) => a.steps - b.steps || a.longer - b.longer);
  if (best && best.steps <= Math.min(3, Math.floor(typed.length / 2))) return `Did you mean \`${best.other}\`?`;
  return known.size <= 12 ? `There are ${[...known].map((other) => `\`${other}\``).join(', ')}.` : '';
}

function problem(node: hbs.AST.Node, message: string): TemplateProblem {
  return new TemplateProblem(message.trim(), positionOf(node));
}

function positionOf({ loc }: hbs.AST.Node): Position {
  return { line: loc.start.line, column: loc.start.column + 1 };
}

function pathTo(name: string, loc: hbs.AST.SourceLocation): hbs.AST.PathExpression {
  return { type: 'PathExpression', data: false, depth: 0, parts: [name], original: name, loc };
}

function textOf(value: string, loc: hbs.AST.SourceLocation): hbs.AST.StringLiteral {
  return { type: 'StringLiteral', value, original: value, loc };
}

function emptyHash(loc: hbs.AST.SourceLocation): hbs.AST.Hash {
  return { type: 'Hash', pairs: [], loc };
}

function isMustache(node: hbs.AST.Node): node is hbs.AST.MustacheStatement {
  return node.type === 'MustacheStatement';
}

function isBlock(node: hbs.AST.Node): node is hbs.AST.BlockStatement {
  return node.type === 'BlockStatement';
}

function isPartial(node: hbs.AST.Node): node is hbs.AST.PartialStatement {
  return node.type === 'PartialStatement';
}

function isPath(node: hbs.AST.Node): node is hbs.AST.PathExpression {
  return node.type === 'PathExpression';
}

function isCall(node: hbs.AST.Node): node is hbs.AST.SubExpression {
  return node.type === 'SubExpression';
}
