import type { Delivery } from '../delivery/delivery.ts';

/**
 * What tells a provider's deliveries from others where its own readers do not: nothing that is verified by it. Data only.
 */
export interface Recognition {
  /** Headers that every delivery has, in lower case. Those that its signature and its readers read need not be named. */
  readonly headers?: readonly string[];
  /** How its user agent begins. */
  readonly agent?: string;
  /** Paths in the body that every delivery has. */
  readonly fields?: readonly string[];
}

/** A provider that may have sent a delivery. */
export interface Candidate {
  readonly provider: string;
  readonly title: string;
  /** How much of the delivery speaks for it: only to be compared. */
  readonly likeness: number;
}

export interface Recognized {
  /** The likeliest first; empty if the delivery matches no provider. */
  readonly candidates: readonly Candidate[];
  /** Whether the first of them is far ahead. It proves nothing: anybody can send what looks like another. */
  readonly clear: boolean;
}

/** Finds out who may have sent a delivery. The work is bounded, and done in slices between which deliveries are taken. */
export type Recognize = (delivery: Delivery) => Promise<Recognized>;
