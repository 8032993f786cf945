import { hash } from 'node:crypto';
import type { Clock } from '../core/clock.ts';
import type { Counters } from '../core/counters.ts';
import type { Delivery } from '../core/delivery/delivery.ts';
import { parseDelivery } from '../core/delivery/parse-delivery.ts';
import { AppError, notFound } from '../core/errors.ts';
import type { HookEvent } from '../core/event/event.ts';
import type { Journal } from '../core/event/journal.ts';
import type { Answer } from '../core/provider/handshake.ts';
import type { Provider } from '../core/provider/provider.ts';
import type { SignatureContext } from '../core/provider/signature.ts';
import { activeSecrets, type Endpoint } from '../core/settings/endpoint.ts';
import type { SettingsStore } from '../core/settings/settings.ts';
import { redact } from './redact.ts';

export type Receipt =
  | { readonly outcome: 'kept'; readonly event: HookEvent }
  | { readonly outcome: 'repeated' }
  | { readonly outcome: 'answered'; readonly answer: Answer };

export interface Receiver {
  /** The endpoint behind a token. Throws the plain 404 when there is none. */
  find(token: string): Endpoint;
  /** Takes a delivery as far as it must go before the provider gets its answer: verified, named, kept on disk. Throws the plain 401. */
  receive(endpoint: Endpoint, delivery: Delivery): Promise<Receipt>;
  /** Remembers a delivery that could not even be read, such as one too large. */
  refuse(endpoint: Endpoint, delivery: Delivery, status: number, reason: string): Promise<void>;
}

export interface ReceiveParts {
  readonly providers: ReadonlyMap<string, Provider>;
  readonly settings: SettingsStore;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly counters: Counters;
  readonly publicUrl: string;
  /** Hears of every kept event, after it is on disk. */
  readonly onKept: (event: HookEvent) => void;
  /** Hears once when a delivery's signature was refused so many times in a row. */
  readonly onMismatch: (endpoint: Endpoint, reason: string, times: number) => void;
}

/** So many refused signatures in a row make a mismatch that the owner should hear of. */
const MISMATCH_AFTER = 5;
/** Refusals kept for each endpoint and second: a flood of forgeries must not become a flood of writes. */
const REFUSALS_PER_SECOND = 10;
const REFUSED_BODY_LIMIT = 65_536;
const NAME_LIMIT = 200;
const REPEAT_WINDOW = { byId: 7 * 86_400, byBody: 300 } as const;

export function createReceiver(parts: ReceiveParts): Receiver {
  const { providers, settings, journal, clock, counters, publicUrl, onKept, onMismatch } = parts;
  const byToken = createTokenIndex(settings);
  const refusedInARow = new Map<string, number>();
  const refusalRate = new Map<string, { second: number; count: number }>();

  function find(token: string): Endpoint {
    const endpoint = byToken(token);
    if (!endpoint || !providers.has(endpoint.provider)) throw notFound('This endpoint');
    return endpoint;
  }

  async function receive(endpoint: Endpoint, delivery: Delivery): Promise<Receipt> {
    const provider = providers.get(endpoint.provider);
    if (!provider) throw notFound('This endpoint');
    const parsed = parseDelivery(delivery);
    const active = activeSecrets(endpoint, delivery.receivedAt);
    const secrets = active.map(({ value }) => value);
    const context: SignatureContext = { url: `${publicUrl}/in/${endpoint.token}`, options: endpoint.options };

    const answer = provider.handshake?.answer(parsed, secrets, context);
    if (answer) {
      counters.add('deliveries', { provider: endpoint.provider, outcome: 'answered' });
      return { outcome: 'answered', answer };
    }
    const methods = provider.methods ?? ['POST'];
    if (!methods.includes(delivery.method)) {
      await refuse(
        endpoint,
        delivery,
        405,
        `${endpoint.provider} delivers by ${methods.join(' or ')}, not ${delivery.method}`,
      );
      throw new AppError(405, 'method_not_allowed', `Deliveries arrive here by ${methods.join(' or ')}.`);
    }

    const verdict = await provider.signature.verify(parsed, secrets, context);
    if (!verdict.ok) {
      await refuse(endpoint, delivery, 401, verdict.reason);
      const times = (refusedInARow.get(endpoint.id) ?? 0) + 1;
      refusedInARow.set(endpoint.id, times);
      if (times === MISMATCH_AFTER) onMismatch(endpoint, verdict.reason, times);
      throw new AppError(401, 'unauthorized', 'This delivery could not be verified.');
    }
    refusedInARow.delete(endpoint.id);

    const secretId = verdict.secret === undefined ? undefined : active[verdict.secret]?.id;
    const deliveryId = provider.deliveryId?.(parsed, endpoint.options);
    const event = await journal.events.keep({
      endpointId: endpoint.id,
      provider: endpoint.provider,
      type: toName(provider.eventType(parsed, endpoint.options)) ?? 'unknown',
      deliveryId: toKey(deliveryId) ?? fingerprint(delivery.body),
      repeatWindow: provider.repeatWindow ?? (deliveryId ? REPEAT_WINDOW.byId : REPEAT_WINDOW.byBody),
      verification: {
        ...(secretId && { secretId }),
        ...(verdict.age !== undefined && { age: verdict.age }),
      },
      method: delivery.method,
      headers: redact(delivery.headers, ownHeaders(endpoint)),
      query: redact(delivery.query),
      body: delivery.body,
      receivedAt: delivery.receivedAt,
      remoteAddress: delivery.remoteAddress,
    });
    counters.add('deliveries', { provider: endpoint.provider, outcome: event ? 'kept' : 'repeated' });
    if (!event) return { outcome: 'repeated' };
    onKept(event);
    return { outcome: 'kept', event };
  }

  async function refuse(endpoint: Endpoint, delivery: Delivery, status: number, reason: string): Promise<void> {
    counters.add('deliveries', { provider: endpoint.provider, outcome: `refused_${status}` });
    if (!mayRecord(endpoint.id)) return;
    await journal.refusals.add({
      endpointId: endpoint.id,
      at: delivery.receivedAt,
      reason,
      status,
      method: delivery.method,
      headers: redact(delivery.headers, ownHeaders(endpoint)),
      body: delivery.body.subarray(0, REFUSED_BODY_LIMIT),
      remoteAddress: delivery.remoteAddress,
    });
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

  return { find, receive, refuse };
}

/** Looks endpoints up by the hash of their token, so that how long it takes says nothing about the token. */
function createTokenIndex(settings: SettingsStore): (token: string) => Endpoint | undefined {
  const index = (endpoints: readonly Endpoint[]) =>
    new Map(endpoints.map((endpoint) => [sha256(endpoint.token), endpoint]));
  let known = index(settings.current.endpoints);
  settings.onChange(({ endpoints }) => {
    known = index(endpoints);
  });
  return (token) => known.get(sha256(token));
}

/** The header an endpoint chose for its proof holds a secret, whatever it is called. */
function ownHeaders({ options }: Endpoint): readonly string[] {
  return options.header ? [options.header.toLowerCase()] : [];
}

function toName(text: string | undefined): string | undefined {
  return (
    text
      ?.replace(/\p{Cc}/gu, '')
      .trim()
      .slice(0, NAME_LIMIT) || undefined
  );
}

function toKey(deliveryId: string | undefined): string | undefined {
  return deliveryId && deliveryId.length > NAME_LIMIT ? sha256(deliveryId) : deliveryId;
}

function fingerprint(body: Buffer): string {
  return `sha256:${hash('sha256', body)}`;
}

function sha256(text: string): string {
  return hash('sha256', text, 'base64');
}
