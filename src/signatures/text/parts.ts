import type { Parsed } from '../../core/delivery/delivery.ts';
import { field, first, header, query } from '../../core/delivery/readers.ts';
import type { Covered, SignatureContext } from '../../core/provider/signature.ts';
import { type Algorithm, plainHash } from '../digest.ts';

export type Piece = string | Buffer;

/** What is known of a delivery when the text that was signed is put together. */
export interface Known {
  /** The time of signing as it was sent. */
  readonly time: string | undefined;
  readonly context: SignatureContext;
}

/** One part of the signed text. A text stands for itself. */
export type Part = string | Reading;

export interface Reading {
  readonly covers?: Covered;
  /** The header it reads, so that a delivery of our own can be given one. */
  readonly header?: string;
  /** Nothing where the delivery lacks what must be signed. */
  read(delivery: Parsed, known: Known): Piece | undefined;
}

/** The raw body. */
export const body: Reading = { covers: 'body', read: ({ body: bytes }) => bytes };

/** The time of signing, exactly as it was sent. */
export const time: Reading = { covers: 'time', read: (_delivery, known) => known.time };

export const method: Reading = { read: (delivery) => delivery.method };

/** The endpoint's URL as it was handed out, with the query that the delivery came by. */
export const url: Reading = { read: (delivery, { context }) => fullUrl(delivery, context) };

/** Stands where the secret itself is part of the text. Then the proof is the plain hash of the text. */
export const secret: Reading = { read: () => undefined };

export function fullUrl({ url: received }: Parsed, context: SignatureContext): string {
  const search = received.indexOf('?');
  return search < 0 ? context.url : context.url + received.slice(search);
}

/** The hash of the raw body, in hex. */
export function bodyHash(algorithm: Algorithm): Reading {
  return { covers: 'body', read: ({ body: bytes }) => plainHash(algorithm, bytes).toString('hex') };
}

/** The value of a header. */
export function inHeader(name: string, covers?: Covered): Reading {
  const read = header(name);
  return { ...(covers && { covers }), header: name, read };
}

/** The value of a query parameter. */
export function inQuery(name: string): Reading {
  return { read: query(name) };
}

/** A scalar of the payload: the first of several that is there. */
export function fromPayload(...paths: readonly string[]): Reading {
  const read = first(...paths.map(field));
  return { read };
}

/** The signed text in pieces; nothing where the delivery lacks one of them. */
export function toPieces(parts: readonly Part[], delivery: Parsed, known: Known): readonly Piece[] | undefined {
  const pieces = parts.map((part) => (typeof part === 'string' ? part : part.read(delivery, known)));
  return pieces.every((piece) => piece !== undefined) ? pieces : undefined;
}

/** What of a delivery the parts cover. */
export function coverOf(parts: readonly Part[]): readonly Covered[] {
  return parts.flatMap((part) => (typeof part === 'string' ? [] : (part.covers ?? [])));
}
