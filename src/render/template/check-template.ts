import { distance } from 'fastest-levenshtein';
import type Handlebars from 'handlebars';
import { stripSentinels } from '../../core/message/message.ts';
import type { Limits } from '../values/limits.ts';
import { BLOCKS } from './blocks.ts';
import { checkSize } from './check-size.ts';
import type { Helper } from './helper.ts';
import { isBlock, isCall, isMustache, isPartial, isPath, nameOf, placeOf } from './nodes.ts';
import { parseTemplate } from './parse-template.ts';
import { type Position, TemplateProblem } from './problem.ts';
import { tidyLines } from './tidy-lines.ts';

/** The helper that every printed value goes through. No template can name it: what templates name is looked up first. */
export const PRINT = '$print';
/** The helper that calls all others by name: Handlebars prepares every helper it knows for every rendering, so it knows few. */
export const CALL = '$call';

/** Nobody reads more at a time. */
const MOST_PROBLEMS = 50;

/** What templates know besides the payload, as `@type` and so on. */
export const DATA: ReadonlySet<string> = new Set([
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
  /** Everything for which it cannot be compiled. */
  readonly problems: readonly TemplateProblem[];
}

export interface CheckParts {
  readonly helpers: ReadonlyMap<string, Helper>;
  readonly limits: Limits;
}

/**
 * Parses a template and makes it safe to compile, unless there are problems: only values, known helpers, four blocks and named
 * partials remain, and every printed value goes through `PRINT`, triple braces or not. Throws `TemplateProblem` where it
 * cannot be parsed at all.
 */
export function checkTemplate(
  handlebars: typeof Handlebars,
  source: string,
  { helpers, limits }: CheckParts,
): CheckedTemplate {
  checkSize(source, limits);
  const tree = parseTemplate(handlebars, stripSentinels(source));
  const partials: { readonly name: string; readonly position: Position }[] = [];

  const problems: TemplateProblem[] = [];
  const effects = new Set<hbs.AST.Node>();

  const complain = (node: hbs.AST.Node, message: string, named: Named = {}) => {
    if (problems.length >= MOST_PROBLEMS) return;
    const hint = named.typed === undefined ? { text: '' } : nearest(named.typed, named.known ?? new Set());
    problems.push(
      new TemplateProblem(`${message} ${hint.text}`.trim(), {
        ...placeOf(node),
        ...(hint.instead !== undefined && { instead: hint.instead }),
      }),
    );
  };

  const program = (node: hbs.AST.Program | undefined, depth: number) => {
    if (!node) return;
    node.body = node.body.map((child) => statement(child, depth + 1));
  };

  const statement = (node: hbs.AST.Statement, depth: number): hbs.AST.Statement => {
    if (depth > limits.depth) {
      complain(node, `The template nests blocks more than ${limits.depth} deep.`);
      return node;
    }
    if (isMustache(node)) return mustache(node);
    if (isBlock(node)) return block(node, depth);
    if (isPartial(node)) return partial(node);
    if (node.type === 'ContentStatement' || node.type === 'CommentStatement') return node;
    complain(node, 'A template cannot define partials or decorators.');
    return node;
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
    if (!BLOCKS.has(name)) complain(node.path, `There is no block \`#${name}\`.`, { typed: name, known: BLOCKS });
    else if (node.params.length !== 1 || node.hash) complain(node, `The block \`#${name}\` takes exactly one value.`);
    for (const param of node.params) expression(param, 1);
    program(node.program, depth);
    program(node.inverse, depth);
    return node;
  };

  const partial = (node: hbs.AST.PartialStatement): hbs.AST.Statement => {
    const { name } = node;
    if (!isPath(name) || name.data || name.depth > 0) complain(node, 'A partial is named by its plain name.');
    else partials.push({ name: name.original, position: placeOf(node) });
    for (const param of node.params) expression(param, 1);
    for (const { value } of node.hash?.pairs ?? []) expression(value, 1);
    return node;
  };

  const expression = (node: hbs.AST.Expression, depth: number) => {
    if (depth > limits.depth) return complain(node, `The template nests parentheses more than ${limits.depth} deep.`);
    if (isPath(node)) return checkVariable(node);
    if (!isCall(node)) return;
    const name = nameOf(node.path);
    if (!helpers.has(name))
      complain(node.path, `There is no helper \`${name}\`.`, { typed: name, known: new Set(helpers.keys()) });
    if (depth > 1 && helpers.get(name)?.effect)
      complain(node, `\`${name}\` gives no value, so it cannot be used within another helper.`);
    for (const param of node.params) expression(param, depth + 1);
    for (const { value } of node.hash?.pairs ?? []) expression(value, depth + 1);
    node.params = [textOf(name, node.loc), ...node.params];
    node.path = pathTo(CALL, node.loc);
  };

  const checkVariable = (node: hbs.AST.PathExpression) => {
    const name = node.parts[0] ?? '';
    if (node.data && !DATA.has(name))
      complain(node, `There is no variable \`@${name}\`.`, {
        typed: `@${name}`,
        known: new Set([...DATA].map((known) => `@${known}`)),
      });
  };

  program(tree, 0);
  tidyLines(tree, (node) => effects.has(node));
  return { tree, partials, problems };
}

interface Named {
  readonly typed?: string;
  readonly known?: ReadonlySet<string>;
}

function nearest(name: string, known: ReadonlySet<string>): { readonly text: string; readonly instead?: string } {
  const typed = name.toLowerCase().slice(0, 64);
  const [best] = [...known]
    .map((other) => ({
      other,
      steps: distance(typed, other.toLowerCase()),
      longer: Math.abs(other.length - typed.length),
    }))
    .toSorted((a, b) => a.steps - b.steps || a.longer - b.longer);
  if (best && best.steps <= Math.min(3, Math.floor(typed.length / 2)))
    return { text: `Did you mean \`${best.other}\`?`, instead: best.other };
  return { text: known.size <= 12 ? `There are ${[...known].map((other) => `\`${other}\``).join(', ')}.` : '' };
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
