import type Handlebars from 'handlebars';
import { stripSentinels } from '../../core/message/message.ts';
import { nearest } from '../../core/text/nearest.ts';
import type { Helper, ValueKind } from './helper.ts';
import { isBlock, isCall, isMustache, isPartial, isPath, nameOf, placeOf } from './nodes.ts';
import { parseTemplate } from './parse-template.ts';
import { isKnown, type PayloadShape } from './payload-shape.ts';
import { type ProblemPlace, TemplateProblem } from './problem.ts';

export interface LintParts {
  readonly helpers: ReadonlyMap<string, Helper>;
  /** What payloads look like; unknown when absent. */
  readonly shape?: PayloadShape | undefined;
  /** Paths that nobody is to be asked about: another template names them already. */
  readonly given?: ReadonlySet<string>;
}

export interface Lint {
  /** What no message can have been meant by: a named value that a helper does not take, a word it does not know. */
  readonly mistakes: readonly TemplateProblem[];
  /** Paths that stand in none of the payloads that came. */
  readonly doubts: readonly TemplateProblem[];
  /** Every path that it names from the payload. */
  readonly paths: ReadonlySet<string>;
}

/** Where names are looked up: what stands there, as far as it is known, and the names that blocks give to values. */
interface Scope {
  readonly shape: PayloadShape | undefined;
  readonly names: ReadonlyMap<string, PayloadShape | undefined>;
  readonly outer?: Scope;
}

const MOST = 50;
/** Helpers that give back a part of the list they are given, or one of their values as it is. */
const LISTS: ReadonlySet<string> = new Set(['take', 'skip', 'where', 'reverse', 'sort', 'unique']);
const ITEMS: ReadonlySet<string> = new Set(['first', 'last']);
const CHOICES: ReadonlySet<string> = new Set(['default', 'and', 'or']);
const FLAGS: ReadonlySet<string> = new Set(['true', 'false']);

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

  function mistake(place: ProblemPlace, message: string, { typed, known, toText = String }: Meant): void {
    if (mistakes.length >= MOST) return;
    const near = nearest(typed, known);
    const list = known.length > 0 ? ` It can be ${known.map((word) => `\`${word}\``).join(', ')}.` : '';
    const hint = near === undefined ? list : ` Did you mean \`${near}\`?`;
    const instead = near === undefined ? {} : { instead: toText(near) };
    mistakes.push(new TemplateProblem(`${message}${hint}`, { ...place, ...instead }));
  }

  function program(node: hbs.AST.Program | undefined, scope: Scope): void {
    for (const child of node?.body ?? []) {
      if (isMustache(child)) call(child.path, child, scope);
      else if (isBlock(child)) block(child, scope);
      else if (isPartial(child)) values(child, scope);
    }
  }

  function block(node: hbs.AST.BlockStatement, scope: Scope): void {
    const name = nameOf(node.path);
    const [value] = node.params;
    const about = value ? expression(value, scope) : undefined;
    program(node.program, within(name, about, node.program?.blockParams ?? [], scope));
    program(node.inverse, scope);
  }

  function values({ params, hash }: Pick<hbs.AST.SubExpression, 'params' | 'hash'>, scope: Scope): void {
    for (const param of params) expression(param, scope);
    for (const { value } of hash?.pairs ?? []) expression(value, scope);
  }

  /** Looks over a value, and gives back what it looks like, where that is known. */
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
    if (helper) checkValues(name, helper, node);
    const shapes = node.params.map((param) => expression(param, scope));
    for (const { value } of node.hash?.pairs ?? []) expression(value, scope);
    if (LISTS.has(name)) return shapes[0];
    if (ITEMS.has(name)) return shapes[0]?.item;
    return CHOICES.has(name) ? shapes.find((each) => each !== undefined && isKnown(each)) : undefined;
  }

  function checkValues(
    name: string,
    { named = {}, words = [] }: Helper,
    { params, hash }: Pick<hbs.AST.SubExpression, 'params' | 'hash'>,
  ): void {
    for (const [at, known] of words.entries()) {
      const value = known.length > 0 ? params[at] : undefined;
      for (const literal of value ? literalsOf(value) : [])
        if (literal.value.trim() !== '' && !known.includes(literal.value.trim().toLowerCase()))
          mistake(placeOf(literal), `\`${name}\` does not know \`${cut(literal.value)}\`.`, {
            typed: literal.value,
            known,
            toText: inQuotes,
          });
    }
    if (named === 'any') return;
    for (const pair of hash?.pairs ?? []) {
      const kind = Object.hasOwn(named, pair.key) ? named[pair.key] : undefined;
      if (!kind)
        mistake(placeOfKey(pair), `\`${name}\` takes no \`${cut(pair.key)}=\`.`, {
          typed: pair.key,
          known: Object.keys(named),
        });
      else checkValue(name, pair, kind);
    }
  }

  function checkValue(name: string, { key, value: node }: hbs.AST.HashPair, kind: ValueKind): void {
    if (kind === 'text') return;
    for (const { text, literal } of writtenIn(node)) {
      const known = kind === 'flag' ? [...FLAGS] : kind === 'number' ? [] : kind;
      const fits = kind === 'number' ? text.trim() !== '' && Number.isFinite(Number(text)) : known.includes(text);
      const wanted = kind === 'number' ? ' It is a number.' : '';
      const toText = kind === 'flag' ? String : inQuotes;
      if (!fits)
        mistake(placeOf(literal), `\`${name}\` cannot use \`${key}=${cut(text)}\`.${wanted}`, {
          typed: text,
          known,
          toText,
        });
    }
  }

  function path(node: hbs.AST.PathExpression, from: Scope): PayloadShape | undefined {
    let scope: Scope | undefined = from;
    if (node.data && node.parts[0] !== 'root') return undefined;
    const parts = node.data ? node.parts.slice(1) : [...node.parts];
    if (node.data) scope = root;
    for (let up = node.depth; up > 0; up--) scope = scope?.outer;
    const [first = ''] = parts;
    const owner = node.data || node.depth > 0 || isScoped(node) ? undefined : ownerOf(first, scope);
    if (node.data || node.depth === 0) paths.add(node.original);
    if (owner) return follow(node, owner.names.get(first), parts.slice(1));
    return follow(node, scope?.shape, parts);
  }

  function follow(
    node: hbs.AST.PathExpression,
    start: PayloadShape | undefined,
    parts: readonly string[],
  ): PayloadShape | undefined {
    let shape = start;
    for (const [index, part] of parts.entries()) {
      if (!shape || !isKnown(shape)) return undefined;
      const isPlace = shape.item !== undefined && (/^\d+$/.test(part) || part === 'length');
      const inner: PayloadShape | undefined = isPlace ? shape.item : shape.names.get(part);
      if (part === 'length' && isPlace) return undefined;
      if (!inner) {
        // Items of a list are reached by `each`, which a bare name in their place has forgotten.
        doubt(node, part, { names: [...shape.names.keys()], isList: shape.item !== undefined, index });
        return undefined;
      }
      shape = inner;
    }
    return shape;
  }

  function doubt(
    node: hbs.AST.PathExpression,
    part: string,
    { names, isList }: { readonly names: readonly string[]; readonly isList: boolean; readonly index: number },
  ): void {
    const { original } = node;
    if (given.has(original) || doubts.has(original) || doubts.size >= MOST) return;
    const near = nearest(part, names);
    const instead = near === undefined ? undefined : replacePart(original, part, near);
    const list = isList ? ' It is a list: go through it with `{{#each …}}`.' : '';
    const hint = instead === undefined ? list : ` Did you mean \`${instead}\`?`;
    doubts.set(
      original,
      new TemplateProblem(`\`${cut(original)}\` stands in none of the events that came.${hint}`, {
        ...placeOf(node),
        ...(instead !== undefined && { instead }),
      }),
    );
  }

  program(parseTemplate(handlebars, stripSentinels(source)), root);
  return { mistakes, doubts: [...doubts.values()], paths };
}

/** Where the inside of a block looks names up. `if` and `unless` change nothing. */
function within(name: string, about: PayloadShape | undefined, params: readonly string[], scope: Scope): Scope {
  if (name !== 'each' && name !== 'with') return scope;
  const shape = name === 'with' ? about : itemOf(about);
  const [first] = params;
  return { shape, names: new Map(first === undefined ? [] : [[first, shape]]), outer: scope };
}

/** What a loop goes through: the items of a list, or all values of an object. */
function itemOf(shape: PayloadShape | undefined): PayloadShape | undefined {
  if (!shape || shape.item) return shape?.item;
  const inner = [...shape.names.values()];
  return { names: new Map(inner.flatMap(({ names }) => [...names])), item: inner.find(({ item }) => item)?.item };
}

function ownerOf(name: string, scope: Scope | undefined): Scope | undefined {
  for (let each = scope; each; each = each.outer) if (each.names.has(name)) return each;
  return undefined;
}

/** `this.x` and `./x` name what the payload says even where a block gave the name to something. */
function isScoped({ original }: hbs.AST.PathExpression): boolean {
  return /^(?:this|\.)(?:[./]|$)/.test(original);
}

interface Meant {
  readonly typed: string;
  readonly known: readonly string[];
  /** How a template would write it. */
  readonly toText?: (word: string) => string;
}

function inQuotes(word: string): string {
  return `"${word}"`;
}

/** Only the name of `name=value`. */
function placeOfKey(pair: hbs.AST.HashPair): ProblemPlace {
  const place = placeOf(pair);
  return { ...place, end: { line: place.line, column: place.column + pair.key.length } };
}

interface Written {
  readonly text: string;
  readonly literal: hbs.AST.Node;
}

/** The values that a template writes out where a value stands: the literal itself, or those that a choice is made of. */
function writtenIn(node: hbs.AST.Expression): readonly Written[] {
  if (node.type === 'StringLiteral' || node.type === 'NumberLiteral' || node.type === 'BooleanLiteral')
    return [{ text: String((node as hbs.AST.StringLiteral).value), literal: node }];
  return literalsOf(node).map((literal) => ({ text: literal.value, literal }));
}

function literalsOf(node: hbs.AST.Expression): readonly hbs.AST.StringLiteral[] {
  if (node.type === 'StringLiteral') return [node as hbs.AST.StringLiteral];
  if (!isCall(node)) return [];
  const name = nameOf(node.path);
  if (name === 'choose') return (node.hash?.pairs ?? []).flatMap((pair) => literalsOf(pair.value));
  return name === 'default' ? node.params.flatMap(literalsOf) : [];
}

function replacePart(path: string, part: string, by: string): string {
  const at = path.lastIndexOf(part);
  return at < 0 ? by : `${path.slice(0, at)}${by}${path.slice(at + part.length)}`;
}

function cut(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
