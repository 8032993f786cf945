import type Handlebars from 'handlebars';
import { stripSentinels } from '../../../core/message/message.ts';
import { nearest } from '../../../core/text/nearest.ts';
import type { Helper } from '../helper.ts';
import { isBlock, isCall, isMustache, isPartial, isPath, nameOf, placeOf } from '../nodes.ts';
import { parseTemplate } from '../parse-template.ts';
import { TemplateProblem } from '../problem.ts';
import { checkValues } from './check-values.ts';
import { isKnown, type PayloadShape } from './payload-shape.ts';
import { type Found, follow, type Scope, within } from './scope.ts';

export interface LintParts {
  readonly helpers: ReadonlyMap<string, Helper>;
  /** What payloads look like; unknown when absent. */
  readonly shape?: PayloadShape | undefined;
  /** Paths that nobody is to be asked about: another template names them already. */
  readonly given?: ReadonlySet<string>;
}

export interface Lint {
  /** What nobody can have meant: a named value that a helper does not take, a word it does not know. */
  readonly mistakes: readonly TemplateProblem[];
  /** Paths that stand in none of the payloads that came. */
  readonly doubts: readonly TemplateProblem[];
  /** Every path that it names. */
  readonly paths: ReadonlySet<string>;
}

const MOST = 50;
const SHOWN = 60;
/** Helpers that give back a part of the list they are given, one of its items, or one of their values as it is. */
const LISTS: ReadonlySet<string> = new Set(['take', 'skip', 'where', 'sort', 'unique']);
const ITEMS: ReadonlySet<string> = new Set(['first', 'last']);
const CHOICES: ReadonlySet<string> = new Set(['default', 'and', 'or']);

/** Looks a template over that can be compiled, for what is certainly or probably not what its writer meant. */
export function lintTemplate(
  handlebars: typeof Handlebars,
  source: string,
  { helpers, shape, given = new Set() }: LintParts,
): Lint {
  const mistakes: TemplateProblem[] = [];
  const doubts = new Map<string, TemplateProblem>();
  const paths = new Set<string>();
  const root: Scope = { shape, names: new Map() };

  function program(node: hbs.AST.Program | undefined, scope: Scope): void {
    for (const child of node?.body ?? []) {
      if (isMustache(child)) call(child.path, child, scope);
      else if (isBlock(child)) block(child, scope);
      else if (isPartial(child)) values(child, scope);
    }
  }

  function block(node: hbs.AST.BlockStatement, scope: Scope): void {
    const [value] = node.params;
    const about = value ? expression(value, scope) : undefined;
    program(node.program, within(nameOf(node.path), about, node.program?.blockParams ?? [], scope));
    program(node.inverse, scope);
  }

  /** Looks over the values of a call, and gives back what those without a name look like. */
  function values(
    { params, hash }: Pick<hbs.AST.SubExpression, 'params' | 'hash'>,
    scope: Scope,
  ): readonly (PayloadShape | undefined)[] {
    for (const { value } of hash?.pairs ?? []) expression(value, scope);
    return params.map((param) => expression(param, scope));
  }

  function expression(node: hbs.AST.Expression, scope: Scope): PayloadShape | undefined {
    if (isPath(node)) return path(node, scope);
    return isCall(node) ? call(node.path, node, scope) : undefined;
  }

  function call(
    named: hbs.AST.Expression,
    node: Pick<hbs.AST.SubExpression, 'params' | 'hash'>,
    scope: Scope,
  ): PayloadShape | undefined {
    if (node.params.length === 0 && !node.hash) return isPath(named) ? path(named, scope) : undefined;
    const name = nameOf(named);
    const helper = helpers.get(name);
    if (helper) mistakes.push(...checkValues(name, helper, node).slice(0, MOST - mistakes.length));
    const shapes = values(node, scope);
    if (LISTS.has(name)) return shapes[0];
    if (ITEMS.has(name)) return shapes[0]?.item;
    return CHOICES.has(name) ? shapes.find((each) => each !== undefined && isKnown(each)) : undefined;
  }

  function path(node: hbs.AST.PathExpression, scope: Scope): PayloadShape | undefined {
    if (isQuoted(node)) {
      if (mistakes.length < MOST) mistakes.push(toQuoteMistake(node));
      return undefined;
    }
    paths.add(node.original);
    const found = follow(node, scope, root);
    if ('shape' in found) return found.shape;
    if (!given.has(node.original) && !doubts.has(node.original) && doubts.size < MOST)
      doubts.set(node.original, toDoubt(node, found));
    return undefined;
  }

  program(parseTemplate(handlebars, stripSentinels(source)), root);
  return { mistakes, doubts: [...doubts.values()], paths };
}

// Phones and office programs turn straight quotes into these, and Handlebars takes them for letters of a name.
const CURLY = /[“”„‘’‚«»]/g;

/** Whether it is a text in quotes that only look like such. */
function isQuoted({ original }: hbs.AST.PathExpression): boolean {
  return !original.includes('[') && original.search(CURLY) >= 0;
}

function toQuoteMistake(node: hbs.AST.PathExpression): TemplateProblem {
  const message = `\`${node.original}\` is not a quoted text: write straight quotes, which phones turn into curly ones.`;
  return new TemplateProblem(message, { ...placeOf(node), instead: node.original.replace(CURLY, '"') });
}

function toDoubt(
  node: hbs.AST.PathExpression,
  { missing, among, isList }: Extract<Found, { readonly missing: string }>,
): TemplateProblem {
  const { original } = node;
  const shown = original.length > SHOWN ? `${original.slice(0, SHOWN).toWellFormed()}…` : original;
  const message = `None of the events checked has \`${shown}\`.`;
  const near = nearest(missing, among);
  if (near !== undefined) {
    const at = original.lastIndexOf(missing);
    const instead = `${original.slice(0, at)}${near}${original.slice(at + missing.length)}`;
    return new TemplateProblem(`${message} Did you mean \`${instead}\`?`, { ...placeOf(node), instead });
  }
  return new TemplateProblem(
    isList ? `${message} This names a field of a list: go through the list with \`{{#each …}}\`.` : message,
    placeOf(node),
  );
}
