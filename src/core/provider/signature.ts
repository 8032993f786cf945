import type { Parsed } from '../delivery/delivery.ts';
import type { FetchPublished } from './fetch-published.ts';
import type { SecretForm } from './secret-form.ts';

/** The parts of a delivery that a signature can cover. */
export type Covered = 'body' | 'time' | 'id';

/**
 * What verification found. `secret` is the index of the secret that matched, and absent where nothing is signed and
 * only the secret URL protects the endpoint. `age` is seconds between signing and receipt, where the scheme signs a
 * time. `covers` is what nobody could have changed since; nothing where the secret itself was sent. `inner` is what the
 * body held where it came packed or encrypted: it is kept in place of the body. `later` is set where the fault is not the
 * sender's, so that trying again may help.
 */
export type Verdict =
  | {
      readonly ok: true;
      readonly secret?: number;
      readonly age?: number;
      readonly covers: readonly Covered[];
      readonly inner?: Buffer;
    }
  | {
      readonly ok: false;
      readonly reason: string;
      readonly later?: true;
      /** What is wrong where the proof was there and well-formed: the key it was made with, or only its time. */
      readonly fault?: 'secret' | 'time';
      /** Seconds between signing and receipt, where only the time is wrong; less than 0 where it was signed in the future. */
      readonly age?: number;
      /** The index of the secret that matched, where only the time is wrong. */
      readonly secret?: number;
    };

export interface SignatureContext {
  /** The endpoint's public URL, exactly as it was handed out. */
  readonly url: string;
  /** The endpoint's own settings for this provider, such as a header name. */
  readonly options: Readonly<Record<string, string>>;
  /** Fetches the keys that a sender publishes. Absent where nothing may be fetched. */
  readonly fetch?: FetchPublished;
}

/** A way of signing. `verify` measures freshness against `delivery.receivedAt` and must not throw on any input. */
export interface Signature {
  /** What it is, for people: `a keyed hash of time and body`. */
  readonly kind: string;
  verify(delivery: Parsed, secrets: readonly string[], context: SignatureContext): Verdict | Promise<Verdict>;
  /**
   * The headers that make a delivery genuine: for tests, samples and `bellhop send`. Where the endpoint only knows the
   * sender's public key, `secret` has to be the private one.
   */
  sign(delivery: Parsed, secret: string, context: SignatureContext): Record<string, string>;
  /** The body as it would be sent at a moment, where the scheme reads the time of signing from the body. Before `sign`. */
  stamp?(body: Buffer, moment: Date): Buffer;
  /** The body with its proof in it, where the scheme puts the proof there. Before `sign`, after `stamp`. */
  seal?(delivery: Parsed, secret: string, context: SignatureContext): Buffer;
  /** What the body holds where it comes packed and anybody can unpack it, as `inner` of a verdict; for previews, which verify nothing. */
  unpack?(delivery: Parsed): Buffer | undefined;
  /** The form its secrets have; any text when left out. */
  secretForm?(options: Readonly<Record<string, string>>): SecretForm;
}

export function refused(reason: string): Extract<Verdict, { ok: false }> {
  return { ok: false, reason };
}
