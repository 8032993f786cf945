import { hash, randomUUID } from 'node:crypto';
import type { Clock } from '../core/clock.ts';
import type { Counters } from '../core/counters.ts';
import type { Delivery, Parsed } from '../core/delivery/delivery.ts';
import { parseDelivery } from '../core/delivery/parse-delivery.ts';
import { unpacked } from '../core/delivery/unpacked.ts';
import { AppError, notFound } from '../core/errors.ts';
import type { Edited } from '../core/event/editing/edited.ts';
import type { HookEvent, NewEvent, Verification } from '../core/event/event.ts';
import type { Journal } from '../core/event/journal.ts';
import type { Refused as Failure } from '../core/provider/answers.ts';
import type { FetchPublished } from '../core/provider/fetch-published.ts';
import type { Answer, HandshakeAnswer } from '../core/provider/handshake.ts';
import { type BatchName, nameBatch } from '../core/provider/name-batch.ts';
import { type EventName, nameEvent, UNNAMED } from '../core/provider/name-event.ts';
import type { Provider } from '../core/provider/provider.ts';
import type { SignatureContext, Verdict } from '../core/provider/signature.ts';
import type { Address } from '../core/settings/address.ts';
import { activeSecrets, type Endpoint, type Secret } from '../core/settings/endpoint.ts';
import { endpointUrl } from '../core/settings/endpoint-url.ts';
import { isPending, PENDING_BODY_LIMIT } from '../core/settings/pending.ts';
import type { SecretMask } from '../core/settings/secret-mask.ts';
import type { SettingsStore } from '../core/settings/settings.ts';
import type { Capture } from './capture.ts';
import type { PendingReceipt, PendingReceiver } from './pending/receive-pending.ts';
import { redact } from './redact.ts';
import { createRefusalMemory, ownHeaders, type Refused } from './refusal-memory.ts';
import type { Probe } from './silence/probe.ts';

export type Receipt =
  | { readonly outcome: 'kept'; readonly events: readonly [HookEvent, ...HookEvent[]]; readonly answer?: Answer }
  | { readonly outcome: 'repeated'; readonly answer?: Answer }
  | PendingReceipt;

/** Takes deliveries by what stands behind `/in/`: a token, and after a slash a path where the provider has several. */
export interface Receiver {
  /** The largest body, in bytes, that the endpoint at an address takes. Throws the plain 404 when there is none. */
  bodyLimit(address: string): number;
  /**
   * Takes a delivery as far as it must go before the provider gets its answer: verified, named, kept on disk. Whatever
   * changed while its body arrived counts. Throws the plain 404 and 401.
   */
  receive(address: string, delivery: Delivery): Promise<Receipt>;
  /**
   * Takes a delivery that was held until its sender was named, as that sender's: verified, or as it is where an owner wants it
   * `unverified`. What is refused is not recorded as a refusal, and nothing it gives along is taken.
   */
  takeHeld(endpointId: string, delivery: Delivery, wish: { readonly unverified?: boolean }): Promise<HeldOutcome>;
  /** Takes what a person made of an event: as it is, without a proof, and never as a repeat. What is refused is not recorded. */
  takeEdited(endpointId: string, delivery: Delivery, edited: Edited): Promise<EditedOutcome>;
  /** Remembers a delivery that could not even be read, such as one too large. */
  refuse(address: string, delivery: Delivery, refused: Refused): Promise<void>;
  /** A refusal in the words that the endpoint's senders expect; nothing where they expect Bellhop's own. */
  wordRefusal(address: string, failure: Failure): Answer | undefined;
}

/** What became of a held delivery. `reason` is a clause. */
export type HeldOutcome =
  | { readonly outcome: 'kept' | 'repeated' | 'answered' }
  | { readonly outcome: 'refused'; readonly reason: string };

export type EditedOutcome =
  | { readonly outcome: 'kept'; readonly eventIds: readonly string[] }
  | Extract<HeldOutcome, { readonly outcome: 'refused' }>;

/** How a delivery is taken that was held or edited, in place of one that arrives now. */
interface HeldManner {
  readonly unverified: boolean;
  readonly edited?: Edited;
}

/** A delivery is turned away. The reason is for the owner. */
class TurnedAway extends AppError {
  readonly reason: string;

  constructor(reason: string) {
    super(401, 'unauthorized', 'This delivery could not be verified.');
    this.reason = reason;
  }
}

export interface ReceiveParts {
  readonly providers: ReadonlyMap<string, Provider>;
  readonly settings: SettingsStore;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly counters: Counters;
  readonly mask: SecretMask;
  readonly address: Pick<Address, 'url'>;
  /** Fetches the keys that senders publish. Without it, what such a key is needed for is refused. */
  readonly fetch?: FetchPublished;
  /** Keeps what a provider gave along with a handshake. */
  readonly capture?: Capture;
  /** Knows the requests that we send to ourselves to see whether a URL leads here. */
  readonly probe?: Pick<Probe, 'answer'>;
  /** Holds the deliveries of endpoints whose sender nobody has named yet. Without it they take none. */
  readonly pending?: PendingReceiver;
  /** Called with every kept event, after it is on disk. */
  readonly onKept: (event: HookEvent) => void;
  /** Called once when a delivery's signature was refused so many times in a row. */
  readonly onMismatch: (endpoint: Endpoint, reason: string, times: number) => void;
  /** Called when a refused delivery has been remembered. */
  readonly onRefused?: ((endpointId: string) => void) | undefined;
}

/** What is known of a delivery before it has a name. */
type Unnamed = Omit<NewEvent, keyof EventName>;

/** After so many refused signatures in a row, the owner is notified of a mismatch. */
const MISMATCH_AFTER = 5;
const BODY_LIMIT = 5 * 1024 * 1024;
/** Milliseconds after which a sender may try again whose keys could not be fetched. */
const RETRY_AFTER = 30_000;
/** The type of a request that only proves the URL. */
const HANDSHAKE = 'handshake';

export function createReceiver(parts: ReceiveParts): Receiver {
  const {
    providers,
    settings,
    journal,
    clock,
    counters,
    mask,
    address,
    fetch,
    capture,
    pending,
    onKept,
    onMismatch,
    onRefused,
  } = parts;
  const byToken = createTokenIndex(settings);
  const refusedInARow = new Map<string, number>();
  const remember = createRefusalMemory({ journal, clock, counters, mask, onRefused });

  function lookUp(address: string): { readonly endpoint: Endpoint; readonly provider: Provider } | undefined {
    const [token = '', path, ...more] = address.split('/');
    const endpoint = byToken(token);
    const provider = endpoint && providers.get(endpoint.provider);
    const isPath = path === undefined || (more.length === 0 && provider?.paths?.includes(path));
    return provider && isPath ? { endpoint, provider } : undefined;
  }

  function find(address: string): { readonly endpoint: Endpoint; readonly provider: Provider } {
    const found = lookUp(address);
    if (!found) throw notFound('This endpoint');
    return found;
  }

  /** The endpoint at an address, if it waits for its sender to be named: then any path may turn out to be right. */
  function findPending(address: string): Endpoint | undefined {
    const [token = '', ...path] = address.split('/');
    const endpoint = byToken(token);
    return pending && endpoint && isPending(endpoint) && path.length < 2 ? endpoint : undefined;
  }

  async function receive(address: string, delivery: Delivery): Promise<Receipt> {
    const probed = await parts.probe?.answer(delivery);
    if (probed) return { outcome: 'answered', answer: probed };
    const waiting = findPending(address);
    if (!waiting || !pending) return admit(find(address), delivery);
    try {
      return await pending.receive(waiting, delivery);
    } catch (error) {
      // What is refused there is refused to anybody, and worth a line for the owner.
      if (error instanceof AppError && error.status < 500)
        await remember(waiting, delivery, { status: error.status, reason: error.message });
      throw error;
    }
  }

  async function admit(
    { endpoint, provider }: { readonly endpoint: Endpoint; readonly provider: Provider },
    delivery: Delivery,
    held?: HeldManner,
  ): Promise<Receipt> {
    const { options } = endpoint;
    const parsed = parseDelivery(delivery);
    const active = activeSecrets(endpoint, clock.now());
    const secrets = active.map(({ value }) => value);
    const context: SignatureContext = { url: endpointUrl(address.url, endpoint), options, ...(fetch && { fetch }) };

    const answer = held?.edited ? undefined : provider.handshake?.answer?.(parsed, secrets, context);
    if (answer) return shakeHands(endpoint, delivery, { answer, held });
    const methods = provider.methods ?? ['POST'];
    if (!methods.includes(delivery.method)) {
      const expected = methods.join(' or ');
      const reason = `${endpoint.provider} delivers by ${expected}, not ${delivery.method}`;
      if (held) throw new TurnedAway(reason);
      await remember(endpoint, delivery, { status: 405, reason });
      throw new AppError(405, 'method_not_allowed', `Deliveries arrive here by ${expected}.`);
    }

    const verdict: Verdict = held?.unverified
      ? asItIs(parsed, provider, held)
      : await provider.signature.verify(parsed, secrets, context);
    if (!verdict.ok && held) throw new TurnedAway(verdict.reason);
    if (!verdict.ok && verdict.later) {
      await remember(endpoint, delivery, { status: 503, reason: verdict.reason });
      throw new AppError(503, 'cannot_verify', 'This delivery cannot be verified now.', { retryAfter: RETRY_AFTER });
    }
    if (!verdict.ok) {
      const times = (refusedInARow.get(endpoint.id) ?? 0) + 1;
      refusedInARow.set(endpoint.id, times);
      if (times === MISMATCH_AFTER) onMismatch(endpoint, verdict.reason, times);
      return turnAway(endpoint, delivery, verdict.reason);
    }
    refusedInARow.delete(endpoint.id);
    const verification = held?.unverified ? toUnverified(held) : toVerification(verdict, active);
    const inner = verdict.inner ? unpacked(delivery, verdict.inner) : delivery;
    const content = verdict.inner ? parseDelivery(inner) : parsed;
    const greeting = held?.unverified
      ? undefined
      : await provider.handshake?.answerVerified?.(content, secrets, context);
    if (greeting) return shakeHands(endpoint, inner, { answer: greeting, verification, held });

    const renamed = <Name extends Omit<EventName, 'type'>>(given: Name) => (held?.edited ? asNew(given) : given);
    const found = provider.events === undefined ? undefined : nameBatch(content, provider, options);
    const batch = found && renamed({ ...found, parts: found.parts.map(renamed) });
    const name = batch ? undefined : renamed(nameEvent(content, provider, options));
    const contradiction = name && name.type !== UNNAMED ? provider.contradicts?.(content, name.type) : undefined;
    if (contradiction && held) throw new TurnedAway(contradiction);
    if (contradiction) return turnAway(endpoint, delivery, contradiction);
    const objection = provider.answers?.objection?.(content);
    if (objection && held) throw new TurnedAway(objection.reason);
    if (objection) {
      await remember(endpoint, delivery, { status: objection.answer.status, reason: objection.reason });
      return { outcome: 'answered', answer: objection.answer };
    }
    const known = { ...toKeep(endpoint, inner), verification };
    const [event, ...others] = batch ? await keepBatch(known, batch) : name ? await keepOne(known, name) : [];
    counters.add('deliveries', { provider: endpoint.provider, outcome: event ? 'kept' : 'repeated' });
    const wished = provider.answers && { answer: provider.answers.taken(content) };
    if (!event) return { outcome: 'repeated', ...wished };
    const events = [event, ...others] as const;
    for (const kept of events) onKept(kept);
    return { outcome: 'kept', events: [...events], ...wished };
  }

  async function keepOne(known: Unnamed, name: EventName): Promise<readonly HookEvent[]> {
    const event = await journal.events.keep({ ...known, ...withoutSecrets(name, mask) });
    return event ? [event] : [];
  }

  function keepBatch(known: Unnamed, { parts, ...batch }: BatchName): Promise<readonly HookEvent[]> {
    const { type: _, ...shown } = withoutSecrets({ ...batch, type: '' }, mask);
    return journal.events.keepBatch({ ...known, ...shown, parts: parts.map((part) => withoutSecrets(part, mask)) });
  }

  /** Answers a handshake and keeps it, no more than once a minute, for it may be asked for by anybody who has the URL. */
  async function shakeHands(
    endpoint: Endpoint,
    delivery: Delivery,
    {
      answer,
      verification = { covers: [] },
      held,
    }: {
      readonly answer: HandshakeAnswer;
      readonly verification?: Verification;
      readonly held?: HeldManner | undefined;
    },
  ): Promise<Receipt> {
    counters.add('deliveries', { provider: endpoint.provider, outcome: 'answered' });
    // Whoever gave a held one was answered long ago, without what they asked for.
    if (answer.captured && !held && !(await capture?.(endpoint, answer.captured)))
      return turnAway(endpoint, delivery, 'it gives a secret, and the endpoint has one');
    const event = await journal.events.keep({
      ...toKeep(endpoint, delivery),
      type: HANDSHAKE,
      deliveryId: `${HANDSHAKE}:${delivery.receivedAt.getTime()}`,
      repeatKey: HANDSHAKE,
      repeatWindow: 60,
      verification: { ...verification, handshake: answer.status },
    });
    if (event) onKept(event);
    const { captured, ...plain } = answer;
    return { outcome: 'answered', answer: plain };
  }

  function toKeep(endpoint: Endpoint, delivery: Delivery) {
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

  /** One plain refusal outside, the exact reason inside. */
  async function turnAway(endpoint: Endpoint, delivery: Delivery, reason: string): Promise<never> {
    await remember(endpoint, delivery, { status: 401, reason, provable: true });
    throw new TurnedAway(reason);
  }

  async function takeAs(
    endpointId: string,
    delivery: Delivery,
    manner: HeldManner,
  ): Promise<Exclude<Receipt, { outcome: 'held' }> | Extract<HeldOutcome, { outcome: 'refused' }>> {
    const endpoint = settings.current.endpoints.find(({ id }) => id === endpointId);
    const provider = endpoint && lookUp(addressIn(endpoint, delivery))?.provider;
    if (!provider) return { outcome: 'refused', reason: 'nobody has said who sends it, or it came to another path' };
    try {
      const receipt = await admit({ endpoint, provider }, delivery, manner);
      return receipt.outcome === 'held' ? { outcome: 'refused', reason: 'nobody has said who sends it' } : receipt;
    } catch (error) {
      if (error instanceof TurnedAway) return { outcome: 'refused', reason: error.reason };
      if (error instanceof AppError) return { outcome: 'refused', reason: error.message.replace(/\.$/, '') };
      throw error;
    }
  }

  return {
    bodyLimit(address) {
      if (findPending(address)) return PENDING_BODY_LIMIT;
      const { endpoint, provider } = find(address);
      return endpoint.bodyLimit ?? provider.bodyLimit ?? BODY_LIMIT;
    },
    receive,
    async takeHeld(endpointId, delivery, { unverified = false }) {
      const taken = await takeAs(endpointId, delivery, { unverified });
      return 'reason' in taken ? taken : { outcome: taken.outcome };
    },
    async takeEdited(endpointId, delivery, edited) {
      const taken = await takeAs(endpointId, delivery, { unverified: true, edited });
      if ('reason' in taken) return taken;
      if (taken.outcome === 'kept') return { outcome: 'kept', eventIds: taken.events.map(({ id }) => id) };
      return { outcome: 'refused', reason: 'it is answered, and no event' };
    },
    refuse: (address, delivery, refused) => remember(findPending(address) ?? find(address).endpoint, delivery, refused),
    wordRefusal: (address, failure) => lookUp(address)?.provider.answers?.refused?.(failure),
  };
}

/** How an event is kept that an owner wants although nothing vouches for it. */
function toUnverified({ edited }: HeldManner): Verification {
  return { covers: [], ...(edited ? { edited } : { unverified: true }) };
}

/** A name that no other event has or will have. */
function asNew<Name extends Omit<EventName, 'type'>>({ repeatKey: _, ...name }: Name) {
  return { ...name, deliveryId: `edited-${randomUUID()}`, repeatWindow: 0 };
}

function asItIs(delivery: Parsed, { signature }: Provider, { edited }: HeldManner): Verdict {
  // What is edited was unpacked when it came.
  const inner = edited ? undefined : signature.unpack?.(delivery);
  return { ok: true, covers: [], ...(inner && { inner }) };
}

/** The address a held delivery came to, with what stood behind the token. */
function addressIn({ token }: Endpoint, { url }: Delivery): string {
  const [, path] = /\/in\/+[^/?]+\/+([^/?]+)/.exec(url) ?? [];
  return path ? `${token}/${path}` : token;
}

function toVerification(verdict: Extract<Verdict, { ok: true }>, active: readonly Secret[]): Verification {
  const secretId = verdict.secret === undefined ? undefined : active[verdict.secret]?.id;
  return {
    ...(secretId && { secretId }),
    ...(verdict.age !== undefined && { age: verdict.age }),
    covers: verdict.covers,
  };
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

/** The parameter of the address that an endpoint chose for its proof holds a secret, whatever it is called. */
function ownParameters({ options }: Endpoint): readonly string[] {
  return options.query ? [options.query.toLowerCase()] : [];
}

/** An id that holds a secret of ours is shown without it, and still identifies its event. */
function withoutSecrets<Name extends EventName>({ type, deliveryId, ...name }: Name, mask: SecretMask) {
  const shown = mask.text(deliveryId);
  return {
    ...(shown !== deliveryId && { repeatKey: sha256(deliveryId) }),
    ...name,
    type: mask.text(type),
    deliveryId: shown,
  };
}

function sha256(text: string): string {
  return hash('sha256', text, 'base64');
}
