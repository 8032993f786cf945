import type { Clock } from '../../core/clock.ts';
import type { PendingDesk, TakenHeld } from '../../core/command/desks/pending-desk.ts';
import type { Counters } from '../../core/counters.ts';
import type { Delivery } from '../../core/delivery/delivery.ts';
import type { HeldDelivery } from '../../core/event/held.ts';
import type { Journal } from '../../core/event/journal.ts';
import type { NewPost } from '../../core/event/post.ts';
import type { Log } from '../../core/log.ts';
import type { Provider } from '../../core/provider/provider.ts';
import type { Recognize, Recognized } from '../../core/provider/recognize.ts';
import type { Endpoint } from '../../core/settings/endpoint.ts';
import { isPending, PENDING_BODY_LIMIT } from '../../core/settings/pending.ts';
import type { SecretMask } from '../../core/settings/secret-mask.ts';
import type { SettingsStore } from '../../core/settings/settings.ts';
import type { Composer } from '../../render/compose.ts';
import { toFirstDeliveryNotice } from '../notices/first-delivery.ts';
import { previewDelivery } from '../preview.ts';
import type { Receiver } from '../receive.ts';
import { redact } from '../redact.ts';
import { createPendingReceiver, type PendingReceiver } from './receive-pending.ts';

/** A pending endpoint has its first delivery, as the page shows it. */
export interface PendingNews {
  readonly endpoint: string;
  /** Who it looks like; nothing where nobody can tell. */
  readonly title?: string;
}

export interface PendingParts {
  readonly providers: ReadonlyMap<string, Provider>;
  readonly settings: SettingsStore;
  readonly journal: Pick<Journal, 'held' | 'posts'>;
  readonly clock: Clock;
  readonly counters: Counters;
  readonly log: Log;
  readonly mask: SecretMask;
  readonly composer: Composer;
  readonly recognize: Recognize;
  readonly takeHeld: Receiver['takeHeld'];
  readonly mention: (notices: readonly NewPost[]) => void;
  readonly onPending?: (news: PendingNews) => void;
}

export interface Pending {
  readonly receiver: PendingReceiver;
  readonly desk: PendingDesk;
  /** Proposes again what an earlier run may not have come to propose. */
  start(): Promise<void>;
  /** Waits until every proposal is owed. */
  idle(): Promise<void>;
}

const NOBODY: Recognized = { candidates: [], clear: false };

/** Endpoints whose sender nobody has named yet: holds what comes, says who it may be from, and takes it once somebody has said. */
export function createPending(parts: PendingParts): Pending {
  const { providers, settings, journal, log, mask, composer, recognize, takeHeld, mention, onPending } = parts;
  const proposing = new Set<Promise<void>>();
  const turns = new Map<string, Promise<unknown>>();
  const endpointOf = (id: string) => settings.current.endpoints.find((endpoint) => endpoint.id === id);

  function propose(endpoint: Endpoint): void {
    const work = recognizeHeld(endpoint.id)
      .then((recognized) => {
        const [first] = recognized.candidates;
        mention(toFirstDeliveryNotice(endpoint, recognized, first && providers.get(first.provider)));
        onPending?.({ endpoint: endpoint.id, ...(first && { title: first.title }) });
      })
      .catch((error: unknown) => log.error({ err: error }, 'the first delivery could not be announced'))
      .finally(() => proposing.delete(work));
    proposing.add(work);
  }

  async function recognizeHeld(endpointId: string): Promise<Recognized> {
    const first = mostTelling(await journal.held.list(endpointId));
    return first ? recognize(first) : NOBODY;
  }

  /** One at a time for each endpoint, so that none is taken twice. */
  function inTurn<Result>(endpointId: string, work: () => Promise<Result>): Promise<Result> {
    const result = (turns.get(endpointId) ?? Promise.resolve()).then(work);
    const settled = result
      .catch(() => undefined)
      .finally(() => {
        if (turns.get(endpointId) === settled) turns.delete(endpointId);
      });
    turns.set(endpointId, settled);
    return result;
  }

  async function take(endpointId: string, { unverified = false } = {}): Promise<TakenHeld> {
    let [events, others, refused] = [0, 0, 0];
    let reason: string | undefined;
    for (const { id, delivery } of await journal.held.list(endpointId)) {
      const taken = await takeHeld(endpointId, delivery, { unverified });
      if (taken.outcome === 'refused') {
        refused++;
        reason ??= taken.reason;
        continue;
      }
      // It is kept as an event by now: after a crash between the two it is found to be a repeat.
      await journal.held.remove([id]);
      if (taken.outcome === 'kept') events++;
      else others++;
    }
    return { events, others, refused, ...(reason !== undefined && { reason: mask.text(reason) }) };
  }

  const receiver = createPendingReceiver({
    ...parts,
    onHeld(endpoint, number) {
      const now = endpointOf(endpoint.id);
      // Somebody may have said who sends it while it was being written.
      if (now && !isPending(now))
        void inTurn(now.id, () => take(now.id)).catch((error: unknown) =>
          log.error({ err: error }, 'a held delivery could not be taken'),
        );
      else if (number === 1) propose(endpoint);
    },
  });

  return {
    receiver,
    desk: {
      count: (endpointId) => journal.held.count(endpointId),
      async first(endpointId) {
        return mostTelling(await journal.held.list(endpointId));
      },
      async state(endpointId) {
        const held = await journal.held.list(endpointId);
        const first = mostTelling(held);
        const recognized = first ? await recognize(first) : NOBODY;
        return {
          ...recognized,
          held: held.length,
          onlyAsks: held.length > 0 && held.every(({ delivery }) => isQuestion(delivery)),
          ...(first && {
            first: { receivedAt: first.receivedAt, method: first.method, bytes: first.body.length },
          }),
        };
      },
      async preview(endpointId, name) {
        const first = mostTelling(await journal.held.list(endpointId));
        if (!first || first.body.length > PENDING_BODY_LIMIT) return undefined;
        const shown = { ...first, headers: redact(first.headers, { mask }), body: mask.bytes(first.body) };
        return previewDelivery(shown, { name, provider: providers.get(name), composer, settings: settings.current })
          .message;
      },
      take: (endpointId, wish) => inTurn(endpointId, () => take(endpointId, wish)),
      discard: (endpointId) =>
        inTurn(endpointId, async () => {
          const held = await journal.held.list(endpointId);
          await journal.held.remove(held.map(({ id }) => id));
          return held.length;
        }),
    },
    async start() {
      for (const endpoint of settings.current.endpoints)
        if (isPending(endpoint) && (await journal.held.count(endpoint.id)) > 0 && !(await wasProposed(endpoint)))
          propose(endpoint);
    },
    async idle() {
      while (proposing.size) await Promise.all(proposing);
    },
  };

  /** A pending endpoint owes its channels nothing but the proposal. */
  async function wasProposed({ id }: Endpoint): Promise<boolean> {
    return (await journal.posts.list({ endpointId: id, limit: 1 })).length > 0;
  }
}

/** The first that is not a question about the URL: it tells most. */
function mostTelling(held: readonly HeldDelivery[]): Delivery | undefined {
  return (held.find(({ delivery }) => !isQuestion(delivery)) ?? held[0])?.delivery;
}

function isQuestion({ method }: Delivery): boolean {
  return method === 'GET';
}
