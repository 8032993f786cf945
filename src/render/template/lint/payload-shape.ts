/** What payloads of one kind look like, learnt from some of them: which names there are, and what stands under each. */
export interface PayloadShape {
  /** By the name of a property, what was found there; absent where no object was. */
  readonly names: ReadonlyMap<string, PayloadShape>;
  /** What the items of a list look like, where a list was found. */
  readonly item?: PayloadShape | undefined;
  /** A value that stood there. */
  readonly example?: string | undefined;
}

/** A path that a template can name, and a value that stood there. */
export interface KnownPath {
  readonly path: string;
  readonly kind: 'value' | 'object' | 'list';
  readonly example: string;
}

interface Growing {
  names: Map<string, Growing>;
  item?: Growing;
  example?: string;
}

const DEPTH = 12;
/** Names that are learnt at most, so that a payload with ten thousand of them costs no more than others. */
const NAMES = 4_000;
const ITEMS = 50;
const EXAMPLE = 60;

/** Learns what payloads look like. Only own properties count, as in templates. */
export function learnShape(payloads: readonly unknown[]): PayloadShape {
  let left = NAMES;

  function learn(shape: Growing, value: unknown, depth: number): void {
    if (depth > DEPTH || left <= 0) return;
    if (Array.isArray(value)) {
      shape.item ??= { names: new Map() };
      for (const item of value.slice(0, ITEMS)) learn(shape.item, item, depth + 1);
      return;
    }
    if (typeof value !== 'object' || value === null || value instanceof Date) {
      if (value !== null && value !== undefined && value !== '') shape.example ??= String(value).slice(0, EXAMPLE);
      return;
    }
    for (const name of Object.keys(value)) {
      let known = shape.names.get(name);
      if (!known) {
        if (--left <= 0) return;
        known = { names: new Map() };
        shape.names.set(name, known);
      }
      learn(known, Object.getOwnPropertyDescriptor(value, name)?.value, depth + 1);
    }
  }

  const root: Growing = { names: new Map() };
  for (const payload of payloads) learn(root, payload, 0);
  return root;
}

/** Whether anything is known of what stands there. */
export function isKnown({ names, item }: PayloadShape): boolean {
  return names.size > 0 || item !== undefined;
}

/** All paths, as a template names them from the top, those near the top first. */
export function pathsOf(shape: PayloadShape, most: number): readonly KnownPath[] {
  const found: KnownPath[] = [];
  let level: readonly (readonly [string, PayloadShape])[] = [['', shape]];
  while (level.length > 0 && found.length < most) {
    level = level.flatMap(([path, { names, item }]) => [
      ...Array.from(names, ([name, inner]) => [joined(path, name), inner] as const),
      ...(item ? [[joined(path, '0'), item] as const] : []),
    ]);
    for (const [path, { names, item, example = '' }] of level)
      if (found.length < most) found.push({ path, kind: item ? 'list' : names.size > 0 ? 'object' : 'value', example });
  }
  return found;
}

/** `labels.[my name]`: what is not a plain name stands in brackets. */
function joined(path: string, name: string): string {
  const written = /^[\p{L}\p{N}_$-]+$/u.test(name) ? name : `[${name}]`;
  return path ? `${path}.${written}` : written;
}
