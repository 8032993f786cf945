import { remember } from '../remember.ts';

/** Lower-case names; an array where the request repeated the header. */
export type Headers = Readonly<Record<string, string | readonly string[]>>;

/** One HTTP request to an endpoint, as it arrived. The body is the bytes that came, after `content-encoding`. */
export interface Delivery {
  readonly method: string;
  /** Path and query as received. It holds the endpoint's token: never log or store it. */
  readonly url: string;
  readonly headers: Headers;
  readonly query: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Buffer;
  readonly receivedAt: Date;
  readonly remoteAddress: string;
}

export type BodyFormat = 'json' | 'form' | 'xml' | 'text' | 'binary' | 'empty';

/** A delivery whose body can be read. Reading is lazy: a signature over raw bytes costs no parsing. */
export interface Parsed extends Delivery {
  readonly format: BodyFormat;
  /** What the body says: plain JSON data without prototypes' names, a string for text, nothing for an empty or unreadable body. */
  readonly payload: unknown;
  /** Why the body could not be read as what it claims to be, as a sentence. */
  readonly problem: string | undefined;
}

/** Finds one value in a delivery, and nothing where the shape is not the expected one. */
export type Reader = (delivery: Parsed) => string | undefined;

/** Reads one request header; nothing when it is absent or repeated. */
export function header(name: string): Reader {
  const key = name.toLowerCase();
  return ({ headers }) => single(headers[key]);
}

/** Reads one query parameter; nothing when it is absent or repeated. */
export function query(name: string): Reader {
  return (delivery) => single(delivery.query[name]);
}

/** Reads a scalar of the payload by its path, such as `repository.full_name` or `alerts.0.labels.alertname`. */
export function field(path: string): Reader {
  const keys = path.split('.');
  return ({ payload }) => scalar(dig(payload, keys));
}

/** Reads the first of several readers that finds something. */
export function first(...readers: readonly Reader[]): Reader {
  return (delivery) => {
    for (const reader of readers) {
      const found = reader(delivery);
      if (found) return found;
    }
    return undefined;
  };
}

/** Any value of a payload by its path, own properties only. */
export function at(payload: unknown, path: string): unknown {
  return dig(payload, keysOf(path));
}

/** Readers ask with every event for the same paths. */
const keysOf = remember(2_000, (path) => path.split('.'));

/** A scalar of a payload by its path, as text. */
export function textAt(payload: unknown, path: string): string | undefined {
  return scalar(at(payload, path));
}

function dig(payload: unknown, keys: readonly string[]): unknown {
  let value = payload;
  for (const key of keys) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

function scalar(value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint'
    ? String(value)
    : undefined;
}

function single(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
