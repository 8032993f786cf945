import { isKnown, type PayloadShape } from './payload-shape.ts';

/** Where names are looked up: what stands there, as far as it is known, and the names that blocks give to values. */
export interface Scope {
  readonly shape: PayloadShape | undefined;
  readonly names: ReadonlyMap<string, PayloadShape | undefined>;
  readonly outer?: Scope;
}

/** The result of resolving a path: its shape (undefined if unknown), or the missing name and the names that exist. */
export type Found =
  | { readonly shape: PayloadShape | undefined }
  | { readonly missing: string; readonly among: readonly string[]; readonly isList: boolean };

/** Where the inside of a block looks names up. `if` and `unless` change nothing. */
export function within(block: string, about: PayloadShape | undefined, params: readonly string[], scope: Scope): Scope {
  if (block !== 'each' && block !== 'with') return scope;
  const shape = block === 'with' ? about : itemOf(about);
  // The first is the value, the second its place or name.
  const names = new Map(params.map((name, index) => [name, index === 0 ? shape : undefined]));
  return { shape, names, outer: scope };
}

/** Follows a path as a template would. */
export function follow(node: hbs.AST.PathExpression, from: Scope, root: Scope): Found {
  if (node.data) return node.parts[0] === 'root' ? walk(root.shape, node.parts.slice(1)) : { shape: undefined };
  let scope: Scope | undefined = from;
  for (let up = node.depth; up > 0; up--) scope = scope?.outer;
  const [first = '', ...rest] = node.parts;
  const owner = node.depth > 0 || isScoped(node) ? undefined : ownerOf(first, scope);
  return owner ? walk(owner.names.get(first), rest) : walk(scope?.shape, node.parts);
}

function walk(start: PayloadShape | undefined, parts: readonly string[]): Found {
  let shape = start;
  for (const part of parts) {
    if (!shape || !isKnown(shape)) return { shape: undefined };
    const { item, names }: PayloadShape = shape;
    if (item && part === 'length') return { shape: undefined };
    const inner: PayloadShape | undefined = item && /^\d+$/.test(part) ? item : names.get(part);
    if (!inner) return { missing: part, among: [...names.keys()], isList: item !== undefined };
    shape = inner;
  }
  return { shape };
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
