import type { Clock } from '../core/clock.ts';
import type { Counters } from '../core/counters.ts';
import type { Delivery } from '../core/delivery/delivery.ts';
import type { Journal } from '../core/event/journal.ts';
import type { Endpoint } from '../core/settings/endpoint.ts';
import type { SecretMask } from '../core/settings/secret-mask.ts';
import { redact } from './redact.ts';

export interface Refused {
  readonly status: number;
  /** The exact reason, for the owner. */
  readonly reason: string;
  /** Whether how it was signed is worth keeping, sealed, to find out its scheme. */
  readonly provable?: true;
}

export interface RefusalMemoryParts {
  readonly journal: Pick<Journal, 'refusals'>;
  readonly clock: Pick<Clock, 'now' | 'elapsed'>;
  readonly counters: Counters;
  readonly mask: SecretMask;
  readonly onRefused?: ((endpointId: string) => void) | undefined;
}

/** Refusals kept for each endpoint and second: a flood of forgeries must not become a flood of writes. */
const REFUSALS_PER_SECOND = 10;
/** Refused deliveries that are kept whole, sealed: so many at once, and then one in so many milliseconds. */
const PROOFS_AT_ONCE = 5;
const PROOF_EVERY = 2_000;
const REFUSED_BODY_LIMIT = 65_536;

/** Remembers refused deliveries for their endpoint's owner, as many as a flood may cost. */
export function createRefusalMemory({ journal, clock, counters, mask, onRefused }: RefusalMemoryParts) {
  const proofBudget = new Map<string, { readonly left: number; readonly at: number }>();
  const refusalRate = new Map<string, { second: number; count: number }>();

  /** A few at once, and then one in a while: a flood must neither cost much nor push out what came before it at once. */
  function mayKeepProof(endpointId: string): boolean {
    const now = clock.elapsed();
    const budget = proofBudget.get(endpointId) ?? { left: PROOFS_AT_ONCE, at: now };
    const left = Math.min(PROOFS_AT_ONCE, budget.left + (now - budget.at) / PROOF_EVERY);
    proofBudget.set(endpointId, { left: left >= 1 ? left - 1 : left, at: now });
    return left >= 1;
  }

  function mayRecord(endpointId: string): boolean {
    const second = Math.floor(clock.now().getTime() / 1000);
    const rate = refusalRate.get(endpointId);
    if (rate?.second !== second) {
      refusalRate.set(endpointId, { second, count: 1 });
      return true;
    }
    rate.count++;
    return rate.count <= REFUSALS_PER_SECOND;
  }

  return async (endpoint: Endpoint, delivery: Delivery, { status, reason, provable }: Refused): Promise<void> => {
    const proof = provable && mayKeepProof(endpoint.id) ? delivery : undefined;
    counters.add('deliveries', { provider: endpoint.provider, outcome: `refused_${status}` });
    if (!mayRecord(endpoint.id)) return;
    await journal.refusals.add(
      {
        endpointId: endpoint.id,
        at: delivery.receivedAt,
        reason: mask.text(reason),
        status,
        method: delivery.method,
        headers: redact(delivery.headers, { mask, also: ownHeaders(endpoint) }),
        body: mask.bytes(delivery.body.subarray(0, REFUSED_BODY_LIMIT)),
        remoteAddress: delivery.remoteAddress,
      },
      proof,
    );
    onRefused?.(endpoint.id);
  };
}

/** The header an endpoint chose for its proof holds a secret, whatever it is called. */
export function ownHeaders({ options }: Endpoint): readonly string[] {
  return options.header?.split(',').map((name) => name.trim().toLowerCase()) ?? [];
}
