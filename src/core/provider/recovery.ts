import type { Delivery, Parsed } from '../delivery/delivery.ts';
import type { CallProvider } from './call-provider.ts';

/** Where a provider shows what it delivered, and what failed. */
export interface DeliveryLog {
  /** As Markdown: `**Settings → Webhooks** of the repository`. */
  readonly where: string;
  /** Its address, as far as an event tells. */
  readonly url?: (event: Parsed) => string | undefined;
}

export interface RecoveryQuery {
  /** Where the deliveries are kept. */
  readonly place: string;
  /** The URL that they were meant for. */
  readonly url: string;
  readonly token: string;
  readonly call: CallProvider;
}

/** A delivery that never got a good answer. */
export interface FailedDelivery {
  /** What `fetch` asks for, and what the provider calls the delivery in its header. */
  readonly id: string;
  readonly deliveryId: string;
}

/** How deliveries that failed are fetched from a provider that keeps them. */
export interface Recovery {
  /** What the token must be allowed, as Markdown. */
  readonly token: string;
  /** What a place looks like: `acme/api`. */
  readonly place: string;
  /** The place that an endpoint's deliveries are kept at, as far as one of its events tells. */
  placeOf(event: Parsed): string | undefined;
  /** The place that somebody means; nothing where it cannot be one. */
  readPlace(typed: string): string | undefined;
  /** What failed since a moment, oldest first, and whether there is more. Throws `AppError`. */
  list(
    query: RecoveryQuery & { readonly since: Date },
  ): Promise<{ readonly failed: readonly FailedDelivery[]; readonly partial: boolean; readonly hook: string }>;
  /** One of them, without the proof of who sent it. Throws `AppError`. */
  fetch(
    query: Omit<RecoveryQuery, 'place' | 'url'> & { readonly hook: string; readonly id: string },
  ): Promise<Pick<Delivery, 'headers' | 'body'>>;
}
