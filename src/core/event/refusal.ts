import type { Delivery, Headers } from '../delivery/delivery.ts';

/** A delivery that was turned away, and why. */
export interface Refusal {
  readonly id: string;
  readonly endpointId: string;
  readonly at: Date;
  /** The exact reason, for the owner. */
  readonly reason: string;
  readonly status: number;
  readonly method: string;
  readonly headers: Headers;
  /** The body's beginning: at most 64 KB. */
  readonly body: Buffer;
  readonly remoteAddress: string;
}

/** Deliveries that an endpoint turned away for the same reason. */
export interface RefusalTally extends Pick<Refusal, 'endpointId' | 'reason' | 'status'> {
  readonly count: number;
  readonly lastId: string;
  readonly lastAt: Date;
}

/**
 * Remembers deliveries that were turned away: the last hundred of each endpoint. Of the latest few it keeps a proof besides: the
 * delivery whole, with what is left out of a refusal, so that its owner can find out how it was signed.
 */
export interface RefusalStore {
  add(refusal: Omit<Refusal, 'id'>, proof?: Delivery): Promise<void>;
  get(id: string): Promise<Refusal | undefined>;
  /** Newest first. */
  list(query: {
    readonly endpointId?: string;
    /** Refusals older than this one: a page ends where the next begins. */
    readonly before?: string;
    readonly limit: number;
  }): Promise<readonly Refusal[]>;
  /** What was turned away since a moment, by endpoint and reason; the latest first. */
  tally(since: Date): Promise<readonly RefusalTally[]>;
  /** A refused delivery as it came, with its signature; nothing where that is no longer kept, or never was. Never shown to anybody. */
  proof(id: string): Promise<Delivery | undefined>;
  /** The refusals of an endpoint that have a proof, newest first. */
  proven(endpointId: string): Promise<readonly string[]>;
  /** Forgets the proofs of endpoints that are gone. */
  forget(endpointIds: readonly string[]): Promise<void>;
}
