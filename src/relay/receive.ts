import type { Clock } from '../core/clock.ts';
import type { Counters } from '../core/counters.ts';
import type { Delivery, Parsed } from '../core/delivery/delivery.ts';
import { parseDelivery } from '../core/delivery/parse-delivery.ts';
import { unpacked } from '../core/delivery/unpacked.ts';
import { AppError } from '../core/errors.ts';
import type { Edited } from '../core/event/editing/edited.ts';
import type { HookEvent, Verification } from '../core/event/event.ts';
import type { Journal } from '../core/event/journal.ts';
import type { Refused as Failure } from '../core/provider/answers.ts';
import type { FetchPublished } from '../core/provider/fetch-published.ts';
import type { Answer, HandshakeAnswer } from '../core/provider/handshake.ts';
import type { Provider } from '../core/provider/provider.ts';
import type { SignatureContext, Verdict } from '../core/provider/signature.ts';
import type { Address } from '../core/settings/address.ts';
import { activeSecrets, type Endpoint, type Secret } from '../core/settings/endpoint.ts';
import { endpointUrl } from '../core/settings/endpoint-url.ts';
import { PENDING_BODY_LIMIT } from '../core/settings/pending.ts';
import type { SecretMask } from '../core/settings/secret-mask.ts';
import type { SettingsStore } from '../core/settings/settings.ts';
import type { Capture } from './capture.ts';
import type { PendingReceipt, PendingReceiver } from './pending/receive-pending.ts';
import { type Addressee, createAddresses } from './receiving/addresses.ts';
import { contradictionIn, createEventKeeper, nameEvents } from './receiving/keep-events.ts';
import { createRefusalMemory, type Refused } from './refusal-memory.ts';
import type { Probe } from './silence/probe.ts';

export type Receipt = AdmitReceipt | PendingReceipt;

type AdmitReceipt =
  | { readonly outcome: 'kept'; readonly events: readonly [HookEvent, ...HookEvent[]]; readonly answer?: Answer }
  | { readonly outcome: 'repeated'; readonly answer?: Answer }
  | { readonly outcome: 'answered'; readonly answer: Answer };

/** Takes deliveries by what stands behind `/in/`: a token, and after a slash a path where the provider has several. */
export interface Receiver {
  /** The largest body, in bytes, that the endpoint at an address takes. Throws the plain 404 when there is none on any node. */
  bodyLimit(address: string): Promise<number>;
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

/** After so many refused signatures in a row, the owner is notified of a mismatch. */
const MISMATCH_AFTER = 5;
const BODY_LIMIT = 5 * 1024 * 1024;
/** Milliseconds after which a sender may try again whose keys could not be fetched. */
const RETRY_AFTER = 30_000;

export function createReceiver(parts: ReceiveParts): Receiver {
  const { journal, clock, counters, mask, address, fetch, capture, pending, onKept, onMismatch, onRefused } = parts;
  const { find, lookUp, ...addresses } = createAddresses(parts);
  const findPending = (at: string) => pending && addresses.findPending(at);
  const keeper = createEventKeeper({ journal, mask });
  const refusedInARow = new Map<string, number>();
  const remember = createRefusalMemory({ journal, clock, counters, mask, onRefused });

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

  async function admit(addressee: Addressee, delivery: Delivery, held?: HeldManner): Promise<AdmitReceipt> {
    const { endpoint, provider } = addressee;
    const parsed = parseDelivery(delivery);
    const active = activeSecrets(endpoint, clock.now());
    const secrets = active.map(({ value }) => value);
    const context: SignatureContext = {
      url: endpointUrl(address.url, endpoint),
      options: endpoint.options,
      ...(fetch && { fetch }),
    };

    const answer = held?.edited ? undefined : provider.handshake?.answer?.(parsed, secrets, context);
    if (answer) return shakeHands(endpoint, delivery, { answer, held });
    await checkMethod(addressee, delivery, held);
    const verdict = held?.unverified
      ? asItIs(parsed, provider, held)
      : await provider.signature.verify(parsed, secrets, context);
    if (!verdict.ok) return refuseUnproven(endpoint, delivery, verdict, held);
    refusedInARow.delete(endpoint.id);

    const verification = held?.unverified ? toUnverified(held) : toVerification(verdict, active);
    const inner = verdict.inner ? unpacked(delivery, verdict.inner) : delivery;
    const content = verdict.inner ? parseDelivery(inner) : parsed;
    const greeting = held?.unverified
      ? undefined
      : await provider.handshake?.answerVerified?.(content, secrets, context);
    if (greeting) return shakeHands(endpoint, inner, { answer: greeting, verification, held });

    const named = nameEvents(content, addressee, { edited: held?.edited !== undefined });
    const contradiction = contradictionIn(content, addressee, named);
    if (contradiction) return turnAway(endpoint, delivery, contradiction, held);
    const objection = provider.answers?.objection?.(content);
    if (objection && held) throw new TurnedAway(objection.reason);
    if (objection) {
      await remember(endpoint, delivery, { status: objection.answer.status, reason: objection.reason });
      return { outcome: 'answered', answer: objection.answer };
    }

    const [event, ...others] = await keeper.keep(endpoint, inner, { ...named, verification });
    counters.add('deliveries', { provider: endpoint.provider, outcome: event ? 'kept' : 'repeated' });
    const wished = provider.answers && { answer: provider.answers.taken(content) };
    if (!event) return { outcome: 'repeated', ...wished };
    for (const kept of [event, ...others]) onKept(kept);
    return { outcome: 'kept', events: [event, ...others], ...wished };
  }

  async function checkMethod({ endpoint, provider }: Addressee, delivery: Delivery, held?: HeldManner): Promise<void> {
    const methods = provider.methods ?? ['POST'];
    if (methods.includes(delivery.method)) return;
    const expected = methods.join(' or ');
    const reason = `${endpoint.provider} delivers by ${expected}, not ${delivery.method}`;
    if (held) throw new TurnedAway(reason);
    await remember(endpoint, delivery, { status: 405, reason });
    throw new AppError(
      405,
      'method_not_allowed',
      `This endpoint accepts only ${expected}. Send it again as ${expected}.`,
    );
  }

  async function refuseUnproven(
    endpoint: Endpoint,
    delivery: Delivery,
    { reason, later }: Extract<Verdict, { ok: false }>,
    held?: HeldManner,
  ): Promise<never> {
    if (later && !held) {
      await remember(endpoint, delivery, { status: 503, reason });
      throw new AppError(503, 'cannot_verify', 'This delivery cannot be verified now. Send it again later.', {
        retryAfter: RETRY_AFTER,
      });
    }
    if (!held) {
      const times = (refusedInARow.get(endpoint.id) ?? 0) + 1;
      refusedInARow.set(endpoint.id, times);
      if (times === MISMATCH_AFTER) onMismatch(endpoint, reason, times);
    }
    return turnAway(endpoint, delivery, reason, held);
  }

  /** Answers a handshake and keeps it. */
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
  ): Promise<AdmitReceipt> {
    counters.add('deliveries', { provider: endpoint.provider, outcome: 'answered' });
    // Whoever gave a held one was answered long ago, without what they asked for.
    if (answer.captured && !held && !(await capture?.(endpoint, answer.captured)))
      return turnAway(endpoint, delivery, 'this handshake sends a secret, but the endpoint already has one');
    const event = await keeper.keepHandshake(endpoint, delivery, { ...verification, handshake: answer.status });
    if (event) onKept(event);
    const { captured, ...plain } = answer;
    return { outcome: 'answered', answer: plain };
  }

  /** One plain refusal outside, the exact reason inside. Nobody outside waits for one that was held. */
  async function turnAway(endpoint: Endpoint, delivery: Delivery, reason: string, held?: HeldManner): Promise<never> {
    if (!held) await remember(endpoint, delivery, { status: 401, reason, provable: true });
    throw new TurnedAway(reason);
  }

  async function takeAs(
    endpointId: string,
    delivery: Delivery,
    manner: HeldManner,
  ): Promise<AdmitReceipt | Extract<HeldOutcome, { outcome: 'refused' }>> {
    const addressee = addresses.lookUpAgain(endpointId, delivery);
    if (!addressee) return { outcome: 'refused', reason: 'nobody has said who sends it, or it came to another path' };
    try {
      return await admit(addressee, delivery, manner);
    } catch (error) {
      if (error instanceof TurnedAway) return { outcome: 'refused', reason: error.reason };
      if (error instanceof AppError) return { outcome: 'refused', reason: error.message.replace(/\.$/, '') };
      throw error;
    }
  }

  return {
    async bodyLimit(address) {
      await addresses.lookForNew(address);
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
      return { outcome: 'refused', reason: 'it is a handshake, not an event' };
    },
    refuse: (address, delivery, refused) => remember(findPending(address) ?? find(address).endpoint, delivery, refused),
    wordRefusal: (address, failure) => lookUp(address)?.provider.answers?.refused?.(failure),
  };
}

/** How an event is kept that an owner wants although nothing vouches for it. */
function toUnverified({ edited }: HeldManner): Verification {
  return { covers: [], ...(edited ? { edited } : { unverified: true }) };
}

function asItIs(delivery: Parsed, { signature }: Provider, { edited }: HeldManner): Verdict {
  // What is edited was unpacked when it came.
  const inner = edited ? undefined : signature.unpack?.(delivery);
  return { ok: true, covers: [], ...(inner && { inner }) };
}

function toVerification(verdict: Extract<Verdict, { ok: true }>, active: readonly Secret[]): Verification {
  const secretId = verdict.secret === undefined ? undefined : active[verdict.secret]?.id;
  return {
    ...(secretId && { secretId }),
    ...(verdict.age !== undefined && { age: verdict.age }),
    covers: verdict.covers,
  };
}
