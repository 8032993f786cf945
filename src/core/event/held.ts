import type { Delivery } from '../delivery/delivery.ts';

/** A delivery that waits for somebody to say who sends it. */
export interface HeldDelivery {
  readonly id: string;
  readonly delivery: Delivery;
}

/** Keeps the deliveries of pending endpoints whole, with their signatures, within bounds. Never shown to anybody as they are. */
export interface HeldStore {
  /**
   * Resolves once it is on disk, with how many its endpoint has then; with nothing where it could not be kept, because the
   * endpoint, or all of them together, hold as much as they may.
   */
  add(endpointId: string, delivery: Delivery): Promise<number | undefined>;
  /** Oldest first. */
  list(endpointId: string): Promise<readonly HeldDelivery[]>;
  count(endpointId: string): Promise<number>;
  remove(ids: readonly string[]): Promise<void>;
  /** Forgets all that some endpoints hold. */
  forget(endpointIds: readonly string[]): Promise<void>;
}
