import { environment, OWN_NAMES, SIZE } from './environment.ts';
import { explain, Mistake } from './explain-mistake.ts';
import { findMistake } from './find-mistake.ts';
import { isNode, visit } from './tree.ts';
import { spend } from './work.ts';

/** What a condition says when it is run: `true` or `false`, if its writer kept to the types. */
export type Run = (values: Readonly<Record<string, unknown>>) => unknown;

/** A condition that was read: its text as it is kept, and how it is run. */
export interface ReadCondition {
  readonly text: string;
  readonly run: Run;
  /** The paths of the payload that it names, such as `payload.action`. */
  readonly paths: readonly string[];
}

/** Reads a condition. Throws `Mistake` with the place and what probably was meant. */
export function readCondition(typed: string): ReadCondition {
  const text = typed.trim();
  if (text.length > SIZE.characters)
    throw new Mistake(
      `It is too large: it has ${text.length.toLocaleString('en')} characters, and ${SIZE.characters.toLocaleString('en')} are allowed. Two routes or rules can share the work.`,
    );
  try {
    return read(text);
  } catch (error) {
    const straight = straighten(text);
    if (straight === text) throw error;
    return read(straight);
  }
}

/** Phones turn straight quotes into others. */
function straighten(text: string): string {
  return text.replace(/[‘’‚‛]/g, "'").replace(/[“”„‟]/g, '"');
}

function read(text: string): ReadCondition {
  let parsed: ReturnType<typeof environment.parse>;
  try {
    parsed = environment.parse(text);
  } catch (error) {
    throw explain(error, text);
  }
  const { ast } = parsed;
  visit(ast, (node, bound) => {
    if (node.op === 'id' && node.args === 'type' && !bound.includes('type')) node.args = OWN_NAMES.type;
    if (node.op === 'rcall' && Array.isArray(node.args) && node.args[0] === 'matches') node.args[0] = OWN_NAMES.matches;
  });
  const mistake = findMistake(ast, text);
  if (mistake) throw mistake;
  const { valid, type, error } = parsed.check();
  if (!valid) throw explain(error, text);
  if (type !== 'bool' && type !== 'dyn')
    throw new Mistake(
      `It gives ${TYPES[type ?? ''] ?? `a ${type}`}, and a condition must be true or false. Compare it with something, such as \`size(payload.commits) > 3\`.`,
    );
  bound(ast);
  return { text, run: parsed, paths: pathsOf(ast) };
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'a text',
  int: 'a number',
  uint: 'a number',
  double: 'a number',
  list: 'a list',
  map: 'an object',
  'google.protobuf.Timestamp': 'a time',
};

/** Makes everything in a condition that goes through a list count its steps. */
function bound(ast: unknown): void {
  const seen = new Set<unknown>();
  visit(ast, (node) => {
    const { handle } = node;
    if (!handle || seen.has(node)) return;
    seen.add(node);
    if (node.op === 'comprehension')
      node.handle = (items, ...rest) => {
        spend(sizeOf(items), true);
        return handle(items, ...(rest as [unknown]));
      };
    else if (node.op === 'in' || node.op === '+' || node.op === '==' || node.op === '!=')
      node.handle = (left, right, ...rest) => {
        spend(node.op === 'in' ? listSize(right) : listSize(left) + listSize(right), true);
        return handle(left, right, ...rest);
      };
    else
      node.handle = (...values: Parameters<typeof handle>) => {
        spend(1);
        return handle(...values);
      };
  });
}

function sizeOf(items: unknown): number {
  if (Array.isArray(items)) return items.length;
  return typeof items === 'object' && items !== null ? Object.keys(items).length : 1;
}

function listSize(value: unknown): number {
  return Array.isArray(value) ? value.length : 1;
}

function pathsOf(ast: unknown): readonly string[] {
  const found = new Set<string>();
  visit(ast, (node) => {
    const path = pathOf(node);
    if (path) found.add(path);
  });
  // `payload.action` is on the way to `payload.action.name`.
  return [...found].filter((path) => ![...found].some((other) => other.startsWith(`${path}.`)));
}

/** The path of a field of the payload; nothing for anything else. */
function pathOf(node: unknown): string | undefined {
  if (!isNode(node) || !Array.isArray(node.args)) return undefined;
  const [of, name]: readonly unknown[] = node.args;
  if (node.op !== '.' || typeof name !== 'string' || !isNode(of)) return undefined;
  const before = of.op === 'id' ? (of.args === 'payload' ? 'payload' : undefined) : pathOf(of);
  return before && `${before}.${name}`;
}
