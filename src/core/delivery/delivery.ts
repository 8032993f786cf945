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
  /** The body as it travelled, where it was packed. */
  readonly packed?: Buffer;
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
