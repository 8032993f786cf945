import type { Delivery } from '../../delivery/delivery.ts';
import type { Covered } from '../signature.ts';

/** A delivery whose sender is to be found out, and what it may have been signed with. */
export interface SchemeQuestion {
  readonly delivery: Delivery;
  /** Secrets that may have signed it, the likeliest first. */
  readonly secrets: readonly string[];
  /** The URL that the sender was given. */
  readonly url: string;
}

/** What had to be changed before a proof matched: of the secret, or of the body. */
export const twists = [
  'blank-after',
  'newline-after',
  'blank-before',
  'quoted',
  'upper-case',
  'lower-case',
  'body-compact',
  'body-without-newline',
  'body-with-newline',
] as const;
export type Twist = (typeof twists)[number];

/** A scheme by which a delivery is genuine, as an endpoint would be set to it. */
export interface FoundScheme {
  readonly provider: string;
  readonly title: string;
  readonly options: Readonly<Record<string, string>>;
  /** The index of the secret that matched; nothing where the sender publishes its keys. */
  readonly secret?: number;
  readonly covers: readonly Covered[];
  /** What the delivery lacks to be accepted; nothing where it would be. */
  readonly twist?: Twist;
  /** Seconds between signing and receipt, where those are too many; less than 0 where it was signed in the future. */
  readonly off?: number;
  /** How much else of the delivery speaks for this sender. */
  readonly likeness: number;
}

/** A sender whose deliveries look like this one, though no secret matched. */
export interface AlikeScheme {
  readonly provider: string;
  readonly title: string;
  readonly options: Readonly<Record<string, string>>;
  readonly likeness: number;
}

/** Something in a delivery that looks like a signature: `the \`x-acme-signature\` header`, `a sha256 in hex`. */
export interface SeenProof {
  readonly where: string;
  readonly what: string;
  /** Whether it is the plain hash of the body, which anybody can make. */
  readonly plain: boolean;
}

export interface SchemeFinding {
  /** Schemes that accept the delivery, best first, and after them those that nearly do. */
  readonly found: readonly FoundScheme[];
  readonly alike: readonly AlikeScheme[];
  readonly proofs: readonly SeenProof[];
  /** Whether everything was tried; a large delivery is tried with the likeliest texts only. */
  readonly complete: boolean;
}

/**
 * Finds out by which scheme, and with which of the secrets, a delivery is genuine. The work is bounded, and done in slices
 * between which deliveries are taken. It answers whoever asks, so only those may ask who may know the secrets.
 */
export type FindScheme = (question: SchemeQuestion) => Promise<SchemeFinding>;
