import type { Parsed } from '../delivery/delivery.ts';
import { at } from '../delivery/readers.ts';

/** For each event type the fields, by their paths, that every body of it has; with `?` where they may be null. */
export type Shapes = Readonly<Record<string, readonly string[]>>;

export interface ShapeRules {
  readonly shapes: Shapes;
  /** How the bodies of frequent types begin, and those of no other, so that they need not be parsed to know. */
  readonly beginnings?: Readonly<Record<string, RegExp>>;
  /** What a type is called among the shapes; its own name when left out. */
  readonly shapeOf?: (type: string) => string;
}

/** A new type that nobody described yet may look like an older one in so many fields, and still be another. */
const DOUBTFUL = 2;
/** Bytes. */
const BEGINNING = 300;

/**
 * Says when a body is plainly of another type than the one claimed, as a clause. A strange body contradicts nothing:
 * it takes another type's fields to be refused.
 */
export function contradictsShape({ shapes, beginnings = {}, shapeOf = (type) => type }: ShapeRules) {
  const known = Object.entries(shapes);

  return (delivery: Parsed, type: string): string | undefined => {
    const claimed = shapeOf(type);
    const beginning = Object.hasOwn(beginnings, claimed) ? beginnings[claimed] : undefined;
    if (beginning?.test(delivery.body.toString('latin1', 0, BEGINNING))) return undefined;

    const fitting = known.filter(
      ([, fields]) => fields.length > 0 && fields.every((path) => has(delivery.payload, path)),
    );
    const own = Object.hasOwn(shapes, claimed) ? shapes[claimed] : undefined;
    const fits = own?.every((path) => has(delivery.payload, path)) ?? false;
    const rivals = fits ? fitting.filter(([, fields]) => isMore(fields, own ?? [])) : fitting;
    const [rival] = rivals.toSorted(([, a], [, b]) => b.length - a.length);
    if (!rival || (!own && rival[1].length <= DOUBTFUL)) return undefined;
    return `a header calls it \`${type}\`, but the body is that of \`${rival[0]}\``;
  };
}

function has(payload: unknown, path: string): boolean {
  const value = at(payload, path.replace('?', ''));
  return value !== undefined && (value !== null || path.endsWith('?'));
}

/** Whether the fields are those of another shape, and more. */
function isMore(fields: readonly string[], others: readonly string[]): boolean {
  return fields.length > others.length && others.every((path) => fields.includes(path));
}
