import type { Clock } from '../../core/clock.ts';
import type { Counters } from '../../core/counters.ts';
import type { Delivery } from '../../core/delivery/delivery.ts';
import { parseDelivery } from '../../core/delivery/parse-delivery.ts';
import { AppError } from '../../core/errors.ts';
import type { Journal } from '../../core/event/journal.ts';
import type { Answer } from '../../core/provider/handshake.ts';
import { ANY_SENDER, type Provider } from '../../core/provider/provider.ts';
import type { Endpoint } from '../../core/settings/endpoint.ts';
import { PENDING } from '../../core/settings/pending.ts';
import { HOUR, MINUTE } from '../../core/text/duration.ts';

/** Takes the deliveries of endpoints whose sender nobody has named yet. */
export interface PendingReceiver {
  /** Resolves once the delivery is on disk. Throws `AppError` for what is not held. */
  receive(endpoint: Endpoint, delivery: Delivery): Promise<PendingReceipt>;
}

export type PendingReceipt = { readonly outcome: 'held' } | { readonly outcome: 'answered'; readonly answer: Answer };

export interface PendingReceiverParts {
  readonly providers: ReadonlyMap<string, Provider>;
  readonly journal: Pick<Journal, 'held'>;
  readonly clock: Pick<Clock, 'elapsed'>;
  readonly counters: Counters;
  /** Called after a delivery is on disk, with how many there are then. */
  readonly onHeld: (endpoint: Endpoint, number: number) => void;
}

/** Once an endpoint is full, the journal is not asked again for a while: a flood must not become a flood of writes. */
const FULL_FOR = MINUTE / 6;
/** When a sender is asked to try again: by then somebody may have said who it is. */
const RETRY_AFTER = HOUR;
const METHODS = ['POST', 'PUT', 'PATCH'];

export function createPendingReceiver({
  providers,
  journal,
  clock,
  counters,
  onHeld,
}: PendingReceiverParts): PendingReceiver {
  const fullUntil = new Map<string, number>();

  return {
    async receive(endpoint, delivery) {
      // Only what an endpoint for any sender answers: it needs no secret, gives nothing away, and takes nothing in.
      const context = { url: '', options: {} };
      const answer = providers.get(ANY_SENDER)?.handshake?.answer?.(parseDelivery(delivery), [], context);
      if (answer) {
        count('answered');
        return { outcome: 'answered', answer };
      }
      // Several senders ask by `GET` whether the URL is ours: that is not answered, and tells who they are. Browsers and link previews ask for nothing.
      const asks = delivery.method === 'GET' && Object.keys(delivery.query).length > 0;
      if (!asks && !METHODS.includes(delivery.method)) {
        count('refused_405');
        throw new AppError(
          405,
          'method_not_allowed',
          'This endpoint accepts only POST, PUT or PATCH. Send it again as POST.',
        );
      }
      const full = (fullUntil.get(endpoint.id) ?? 0) > clock.elapsed();
      const number = full ? undefined : await journal.held.add(endpoint.id, delivery);
      if (number === undefined) {
        if (!full) fullUntil.set(endpoint.id, clock.elapsed() + FULL_FOR);
        count('refused_429');
        throw new AppError(
          429,
          'pending_full',
          'This endpoint is full: its owner must name the sender first (`/webhook sender`). Send it again later.',
          { retryAfter: RETRY_AFTER },
        );
      }
      fullUntil.delete(endpoint.id);
      count('held');
      onHeld(endpoint, number);
      return { outcome: 'held' };
    },
  };

  function count(outcome: string): void {
    counters.add('deliveries', { provider: PENDING, outcome });
  }
}
