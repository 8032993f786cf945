import { hash, randomUUID } from 'node:crypto';
import type { Delivery, Parsed } from '../../core/delivery/delivery.ts';
import type { HookEvent, NewEvent, Verification } from '../../core/event/event.ts';
import type { Journal } from '../../core/event/journal.ts';
import { type BatchName, nameBatch } from '../../core/provider/name-batch.ts';
import { type EventName, nameEvent, UNNAMED } from '../../core/provider/name-event.ts';
import type { Endpoint } from '../../core/settings/endpoint.ts';
import type { SecretMask } from '../../core/settings/secret-mask.ts';
import { redact } from '../redact.ts';
import { ownHeaders } from '../refusal-memory.ts';
import type { Addressee } from './addresses.ts';

/** The events of a delivery as they are kept: one, or those that came together. */
export type EventNames = { readonly batch: BatchName } | { readonly name: EventName };

/** Keeps deliveries as events. */
export interface EventKeeper {
  /** Gives back nothing where all of them are repeats. */
  keep(
    endpoint: Endpoint,
    delivery: Delivery,
    named: EventNames & { readonly verification: Verification },
  ): Promise<readonly HookEvent[]>;
  /** Keeps a request that only proves the URL, no more than once a minute: anybody who has the URL may ask for it. */
  keepHandshake(endpoint: Endpoint, delivery: Delivery, verification: Verification): Promise<HookEvent | undefined>;
}

export interface EventKeeperParts {
  readonly journal: Pick<Journal, 'events'>;
  readonly mask: SecretMask;
}

/** The type of a request that only proves the URL. */
const HANDSHAKE = 'handshake';
/** Seconds. */
const HANDSHAKE_WINDOW = 60;

export function createEventKeeper({ journal, mask }: EventKeeperParts): EventKeeper {
  function toKeep(endpoint: Endpoint, delivery: Delivery): Omit<NewEvent, keyof EventName | 'verification'> {
    return {
      endpointId: endpoint.id,
      provider: endpoint.provider,
      method: delivery.method,
      headers: redact(delivery.headers, { mask, also: ownHeaders(endpoint) }),
      query: redact(delivery.query, { mask, also: ownParameters(endpoint) }),
      body: delivery.body,
      receivedAt: delivery.receivedAt,
      remoteAddress: delivery.remoteAddress,
    };
  }

  return {
    async keep(endpoint, delivery, { verification, ...named }) {
      const known = { ...toKeep(endpoint, delivery), verification };
      if ('name' in named) {
        const event = await journal.events.keep({ ...known, ...withoutSecrets(named.name, mask) });
        return event ? [event] : [];
      }
      const { parts, ...batch } = named.batch;
      const { type: _, ...shown } = withoutSecrets({ ...batch, type: '' }, mask);
      return journal.events.keepBatch({ ...known, ...shown, parts: parts.map((part) => withoutSecrets(part, mask)) });
    },

    keepHandshake: (endpoint, delivery, verification) =>
      journal.events.keep({
        ...toKeep(endpoint, delivery),
        type: HANDSHAKE,
        deliveryId: `${HANDSHAKE}:${delivery.receivedAt.getTime()}`,
        repeatKey: HANDSHAKE,
        repeatWindow: HANDSHAKE_WINDOW,
        verification,
      }),
  };
}

/** Names the events of a delivery as their sender does; those of an edited one as none before. */
export function nameEvents(
  content: Parsed,
  { provider, endpoint: { options } }: Addressee,
  { edited }: { readonly edited: boolean },
): EventNames {
  const renamed = <Name extends Omit<EventName, 'type'>>(name: Name) => (edited ? asNew(name) : name);
  const batch = provider.events && nameBatch(content, provider, options);
  if (batch) return { batch: renamed({ ...batch, parts: batch.parts.map(renamed) }) };
  return { name: renamed(nameEvent(content, provider, options)) };
}

/** Why a delivery cannot be what its name says; nothing where it can. */
export function contradictionIn(content: Parsed, { provider }: Addressee, named: EventNames): string | undefined {
  const isNamed = 'name' in named && named.name.type !== UNNAMED;
  return isNamed ? provider.contradicts?.(content, named.name.type) : undefined;
}

/** A name that no other event has or will have. */
function asNew<Name extends Omit<EventName, 'type'>>({ repeatKey: _, ...name }: Name) {
  return { ...name, deliveryId: `edited-${randomUUID()}`, repeatWindow: 0 };
}

/** An id that holds a secret of ours is shown without it, and still identifies its event. */
function withoutSecrets<Name extends EventName>({ type, deliveryId, ...name }: Name, mask: SecretMask) {
  const shown = mask.text(deliveryId);
  return {
    ...(shown !== deliveryId && { repeatKey: hash('sha256', deliveryId, 'base64') }),
    ...name,
    type: mask.text(type),
    deliveryId: shown,
  };
}

/** The parameter of the address that an endpoint chose for its proof holds a secret, whatever it is called. */
function ownParameters({ options }: Endpoint): readonly string[] {
  return options.query ? [options.query.toLowerCase()] : [];
}
