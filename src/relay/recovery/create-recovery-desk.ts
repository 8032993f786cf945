import type { Clock } from '../../core/clock.ts';
import type { RecoveryDesk } from '../../core/command/desks/recovery-desk.ts';
import { AppError, OptionError } from '../../core/errors.ts';
import type { Journal } from '../../core/event/journal.ts';
import type { CallProvider } from '../../core/provider/call-provider.ts';
import { toSigned } from '../../core/provider/fresh-delivery.ts';
import type { Provider } from '../../core/provider/provider.ts';
import type { FailedDelivery, Recovery } from '../../core/provider/recovery.ts';
import type { Address } from '../../core/settings/address.ts';
import { activeSecrets, type Endpoint } from '../../core/settings/endpoint.ts';
import { endpointUrl } from '../../core/settings/endpoint-url.ts';
import type { SecretMask } from '../../core/settings/secret-mask.ts';
import { readEvent } from '../../reading/read-event.ts';
import type { Receipt, Receiver } from '../receive.ts';
import { RECOVERED } from '../silence/find-return.ts';

export interface RecoveryParts {
  readonly providers: ReadonlyMap<string, Provider>;
  readonly journal: Pick<Journal, 'events'>;
  readonly receiver: Pick<Receiver, 'receive'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly mask: SecretMask;
  readonly address: Pick<Address, 'url'>;
  /** Asks providers' APIs. Without it nothing is recovered. */
  readonly call?: CallProvider;
}

/** Deliveries that are fetched for one request. */
const MOST = 250;
/** The newest events that are asked where the provider keeps them. */
const NEWEST = 20;
/** Events of which one has a delivery's id. */
const SAME_ID = 20;

/** Fetches from providers what they could not deliver. */
export function createRecoveryDesk(parts: RecoveryParts): RecoveryDesk {
  const { providers, journal, receiver, clock, mask, address, call } = parts;

  async function findPlace({ id, name }: Endpoint, recovery: Recovery, typed: string | undefined): Promise<string> {
    if (typed !== undefined) {
      const place = recovery.readPlace(typed.trim());
      if (place) return place;
      throw new OptionError('source', `\`source\` must be written like \`${recovery.place}\`.`);
    }
    for (const { id: eventId } of await journal.events.list({ endpointId: id, limit: NEWEST })) {
      const event = await journal.events.get(eventId);
      const place = event && recovery.placeOf(readEvent(event, providers.get(event.provider), mask).incoming);
      if (place) return place;
    }
    throw new OptionError(
      'source',
      `No event of \`${name}\` says where its webhook is. Name it, such as \`source=${recovery.place}\`.`,
    );
  }

  /** Whether a delivery is here: one that failed in the provider's eyes may have been taken all the same. */
  async function isKnown(endpointId: string, { deliveryId }: FailedDelivery): Promise<boolean> {
    const found = await journal.events.list({ endpointId, q: deliveryId, limit: SAME_ID });
    return found.some((event) => event.deliveryId === deliveryId);
  }

  return {
    about(name) {
      const recovery = providers.get(name)?.recovery;
      return recovery && { token: recovery.token, place: recovery.place };
    },
    async recover(endpoint, { since, token, place: typed }) {
      const provider = providers.get(endpoint.provider);
      const { recovery } = provider ?? {};
      if (!provider || !recovery || !call)
        throw new AppError(
          409,
          'no_recovery',
          `${provider?.title ?? endpoint.provider} cannot be asked for deliveries that failed. Have them sent again from there.`,
        );
      const url = endpointUrl(address.url, endpoint);
      const place = await findPlace(endpoint, recovery, typed);
      const { failed, partial, hook } = await recovery.list({ place, url, token, call, since });
      const counts = { taken: 0, known: 0 };
      const refused: { readonly id: string; readonly reason: string }[] = [];
      let isCut = false;
      for (const each of failed) {
        if (await isKnown(endpoint.id, each)) {
          counts.known++;
          continue;
        }
        isCut = counts.taken + refused.length >= MOST;
        if (isCut) break;
        try {
          const kept = await recovery.fetch({ hook, id: each.id, token, call });
          const outcome = await take(endpoint, provider, { url, ...kept });
          if (outcome === 'repeated') counts.known++;
          else counts.taken++;
        } catch (error) {
          // Without a token, or while the provider is away, the others fail as well.
          if (!(error instanceof AppError) || STOPS.has(error.code)) throw error;
          refused.push({ id: each.id, reason: error.message.replace(/\.$/, '') });
        }
      }
      return { failed: failed.length, ...counts, refused, partial: partial || isCut };
    },
  };

  /** A delivery goes the way of all others. The provider was asked for it by name, so its proof is made anew. */
  async function take(
    endpoint: Endpoint,
    provider: Provider,
    { url, headers, body }: { readonly url: string } & Awaited<ReturnType<Recovery['fetch']>>,
  ): Promise<Receipt['outcome']> {
    const now = clock.now();
    const secret = activeSecrets(endpoint, now).at(-1)?.value ?? '';
    const { pathname } = new URL(url);
    const plain = {
      method: 'POST',
      url: pathname,
      headers,
      query: {},
      body,
      receivedAt: now,
      remoteAddress: RECOVERED,
    };
    const delivery = toSigned(plain, provider.signature, { secret, context: { url, options: endpoint.options } });
    return (await receiver.receive(endpoint.token, delivery)).outcome;
  }
}

const STOPS = new Set(['token_refused', 'token_too_weak', 'asking_too_much', 'address_refused']);
