import type { Parsed } from '../delivery/delivery.ts';

/** The parts of a delivery that a signature can cover. */
export type Covered = 'body' | 'time' | 'id';

/**
 * What verification found. `secret` is the index of the secret that matched, and absent where nothing is signed and
 * only the secret URL protects the endpoint. `age` is seconds between signing and receipt, where the scheme signs a
 * time. `covers` is what nobody could have changed since; nothing where the secret itself was sent.
 */
export type Verdict =
  | { readonly ok: true; readonly secret?: number; readonly age?: number; readonly covers: readonly Covered[] }
  | { readonly ok: false; readonly reason: string };

export interface SignatureContext {
  /** The endpoint's public URL, exactly as it was handed out. */
  readonly url: string;
  /** The endpoint's own settings for this provider, such as a header name. */
  readonly options: Readonly<Record<string, string>>;
}

/** A way of signing. `verify` measures freshness against `delivery.receivedAt` and must not throw on any input. */
export interface Signature {
  verify(delivery: Parsed, secrets: readonly string[], context: SignatureContext): Verdict | Promise<Verdict>;
  /** The headers that make a delivery genuine: for tests, samples and `bellhop send`. */
  sign(delivery: Parsed, secret: string, context: SignatureContext): Record<string, string>;
  /** The body as it would be sent at a moment, where the scheme reads the time of signing from the body. Before `sign`. */
  stamp?(body: Buffer, moment: Date): Buffer;
}

export function refused(reason: string): Verdict {
  return { ok: false, reason };
}
