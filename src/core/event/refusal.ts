import type { Headers } from '../delivery/delivery.ts';

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

/** Remembers deliveries that were turned away: the last hundred of each endpoint. */
export interface RefusalStore {
  add(refusal: Omit<Refusal, 'id'>): Promise<void>;
  /** Newest first. */
  list(query: { readonly endpointId?: string; readonly limit: number }): Promise<readonly Refusal[]>;
}
