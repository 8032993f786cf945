import type { Delivery } from '../../delivery/delivery.ts';
import type { Message } from '../../message/message.ts';
import type { Recognized } from '../../provider/recognize.ts';

/** What a pending endpoint holds, and who may have sent it. */
export interface PendingState extends Recognized {
  readonly held: number;
  /** The first delivery that is not a question about the URL; the first of all where there is no other. Nothing where none is held. */
  readonly first?: { readonly receivedAt: Date; readonly method: string; readonly bytes: number };
  /** Whether all that is held only asks whether the URL is ours. */
  readonly onlyAsks: boolean;
}

/** What became of held deliveries. */
export interface TakenHeld {
  readonly events: number;
  /** Repeats, and questions about the URL, which say nothing. */
  readonly others: number;
  /** Those that could not be verified, and stay held. */
  readonly refused: number;
  /** Why the first of those was refused, as a clause. */
  readonly reason?: string;
}

/** What commands ask of pending endpoints. Only their owners are answered. */
export interface PendingDesk {
  state(endpointId: string): Promise<PendingState>;
  count(endpointId: string): Promise<number>;
  /** The message the first held delivery would make, if it came from a provider; nothing where none is held. */
  preview(endpointId: string, provider: string): Promise<Message | undefined>;
  /** Takes what is held as deliveries of the provider that the endpoint has now; unverified ones only where that is wished. */
  take(endpointId: string, wish?: { readonly unverified?: boolean }): Promise<TakenHeld>;
  /** Throws away what is held; gives back how much that was. */
  discard(endpointId: string): Promise<number>;
  /** The first held delivery as it came, to find its scheme. Never shown to anybody. */
  first(endpointId: string): Promise<Delivery | undefined>;
}
