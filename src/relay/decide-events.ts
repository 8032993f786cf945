import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../core/clock.ts';
import type { Counters } from '../core/counters.ts';
import type { Decision, Step } from '../core/event/decision.ts';
import type { HookEvent } from '../core/event/event.ts';
import type { Journal } from '../core/event/journal.ts';
import type { Post } from '../core/event/post.ts';
import type { Log } from '../core/log.ts';
import type { Provider } from '../core/provider/provider.ts';
import type { Watched } from '../core/settings/mute.ts';
import type { SecretMask } from '../core/settings/secret-mask.ts';
import type { SettingsStore } from '../core/settings/settings.ts';
import { type ReadEvent, readEvent, withSeverity } from '../reading/read-event.ts';
import { createBacklog } from './backlog.ts';
import { decide } from './decide.ts';
import type { PingHistory } from './deciding/ping-history.ts';
import type { Mentions } from './deciding/pings.ts';
import { createRecorder, type Ready } from './deciding/record-decisions.ts';
import { type Rules, toRules } from './deciding/rules.ts';
import { createSaidBefore } from './deciding/said-before.ts';
import { toSetAside } from './deciding/set-aside.ts';
import { toPosts } from './deciding/to-posts.ts';
import { FIRES_FOR, type FiringLog } from './mutes/firing-log.ts';

export interface Decider {
  /** Takes an event that is on disk. Never waits: what does not fit in memory is fetched from the journal later. */
  add(event: HookEvent): void;
  /** Decides what an earlier run, or another node, left undecided, then whatever comes. */
  start(): void;
  /** Another node has kept something. */
  look(): void;
  /** Leaves deciding to another node, until it is started again. */
  pause(): Promise<void>;
  /** Runs something between two decisions, so that it sees all of one and none of the next. */
  between<T>(work: () => Promise<T>): Promise<T>;
  /** Resolves once nothing waits for a decision. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

export interface DeciderParts {
  readonly providers: ReadonlyMap<string, Provider>;
  readonly settings: SettingsStore;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly counters: Counters;
  readonly log: Log;
  readonly mask: SecretMask;
  /** Whether deliveries arrive in numbers: they come first. */
  readonly rush: () => boolean;
  /** What happened in one line, as history and search show it. */
  readonly titleOf: (event: HookEvent, read: ReadEvent) => string;
  readonly mentionsIn: (event: HookEvent, read: ReadEvent) => Mentions;
  readonly pingHistory: PingHistory;
  readonly firing: FiringLog;
  readonly onDecided: (
    event: HookEvent,
    made: { readonly read: ReadEvent; readonly decision: Decision },
    posts: readonly Post[],
  ) => void;
  /** Called when a condition could not be evaluated for an event, which therefore passed it. */
  readonly onFault: (event: HookEvent, fault: NonNullable<Step['fault']>) => void;
  /** Called when an event could not be decided, with the reason as its decision has it. */
  readonly onSetAside: (event: HookEvent, reason: string) => void;
}

/** Events decided in one commit: few, for a delivery that arrives meanwhile waits for it. */
const BATCH = { events: 8, bytes: 1024 * 1024 } as const;
/** Undecided events held in memory; the rest wait in the journal. */
const MEMORY = { items: 2_000, bytes: 32 * 1024 * 1024 } as const;
/** Events fetched at once from the journal. */
const PAGE = { events: 256, bytes: 16 * 1024 * 1024 } as const;
/** How long deciding keeps the loop to itself, in milliseconds. */
const SLICE = 1;
/** In a rush deciding takes about a tenth of the time, for providers wait and channels can. Milliseconds. */
const REST = { perWork: 9, least: 10, most: 2_000, look: 100 } as const;
const RETRY_AFTER = 1_000;
const UNREADABLE = 'Bellhop could not read it because of a bug; please report it with the entry from its log';

/** Decides what happens with each event, in the order they came from their endpoint. An event that cannot be decided is set aside, and the others go on. */
export function createDecider(parts: DeciderParts): Decider {
  const { providers, settings, journal, clock, counters, log, mask, rush, titleOf, mentionsIn, pingHistory } = parts;
  const { firing, onDecided, onFault, onSetAside } = parts;
  const backlog = createBacklog<HookEvent>({
    read: ({ limit, ...query }) =>
      journal.events.undecided({ ...query, limit: Math.min(limit, PAGE.events), maxBytes: PAGE.bytes }),
    most: MEMORY,
    page: PAGE.events,
    bytesOf: ({ body }) => body.length,
  });
  const stopping = new AbortController();
  const saidBefore = createSaidBefore({ journal, clock });
  const record = createRecorder({
    journal,
    clock,
    onRecorded: settle,
    onRefused(event, error) {
      backlog.pass(event.id);
      log.error(
        { err: error, eventId: event.id },
        'an event can be neither decided nor set aside until the next start',
      );
    },
  });
  let running: Promise<void> | undefined;
  let started = false;
  let turn: Promise<unknown> = Promise.resolve();

  function wake(): void {
    if (!started || stopping.signal.aborted || running) return;
    running = run().finally(() => {
      running = undefined;
      if (!backlog.empty) wake();
    });
  }

  async function run(): Promise<void> {
    while (started && !stopping.signal.aborted && !backlog.empty) {
      const before = performance.now();
      try {
        await backlog.fill();
        const batch = takeBatch(backlog.items());
        if (batch.length) await between(() => decideAll(batch));
      } catch (error) {
        log.error({ err: error }, 'events could not be decided; trying again');
        await clock.sleep(RETRY_AFTER, stopping.signal);
      }
      const rest = Math.min(REST.most, Math.max(REST.least, (performance.now() - before) * REST.perWork));
      await restInRush(rest);
    }
  }

  /** Rests as long as deliveries still arrive in numbers, and no longer than that. */
  async function restInRush(most: number): Promise<void> {
    for (let left = most; left > 0 && rush() && !stopping.signal.aborted; left -= REST.look)
      await clock.sleep(Math.min(left, REST.look), stopping.signal);
  }

  async function decideAll(events: readonly HookEvent[]): Promise<void> {
    const rules = toRules(settings.current);
    const now = clock.now();
    await firing.load(rules.watched, new Date(now.getTime() - FIRES_FOR));
    const ready: Ready[] = [];
    let since = performance.now();
    for (const event of events) {
      if (performance.now() - since > SLICE) {
        await nextTurn();
        since = performance.now();
      }
      ready.push(await decideOne(event, rules, now));
    }
    await record(ready);
  }

  async function decideOne(event: HookEvent, rules: Rules, now: Date): Promise<Ready> {
    const { id: eventId, endpointId, type, verification, part } = event;
    try {
      const read = readEvent(event, providers.get(event.provider), mask);
      const { happening } = read;
      // An event that a person edited and sent is never a duplicate of another event, nor the other way round.
      const isEdited = verification.edited !== undefined;
      const said =
        read.quiet === undefined && happening && !isEdited ? await saidBefore.reason(event, happening) : undefined;
      // What a better event says of the whole, this one says of a part.
      const quiet = read.quiet ?? (read.parts.part ? undefined : said);
      const unfinished = read.unfinished ?? said;
      const about = { ...read.parts, title: titleOf(event, read) };
      const mentions = mentionsIn(event, read);
      const earlierPings = mentions.names.length > 0 ? await pingHistory.earlier(about, eventId) : [];
      const { provider } = event;
      const { incoming } = read;
      const named = { endpointId, type, provider, about, incoming };
      const isFiring = (watched: Watched) => firing.isFiring(watched, { now, before: eventId });
      const facts = { ...named, verification, part, quiet, unfinished, mentions, earlierPings, isFiring };
      const decision = decide(facts, rules, now);
      const { severity } = decision;
      pingHistory.note(about, eventId, decision);
      if (happening && !isEdited) saidBefore.see(event);
      if (happening && !isEdited && !unfinished && decision.routes.some(({ outcome }) => outcome !== 'drop'))
        saidBefore.note(event, happening, about.title);
      const judged = { ...about, ...(severity && { severity }) };
      firing.note({ id: eventId, endpointId, provider, receivedAt: event.receivedAt, about: judged });
      return {
        event,
        read: severity ? withSeverity(read, severity) : read,
        decided: { eventId, about: judged, decision, posts: toPosts(event, decision) },
      };
    } catch (failure) {
      return { event, decided: toSetAside(event, { reason: UNREADABLE, now }), failure };
    }
  }

  function settle({ event, read, decided, failure }: Ready, posts: readonly Post[]): void {
    const { provider, id: eventId, endpointId, type } = event;
    backlog.remove(eventId);
    for (const { outcome } of decided.decision.routes) counters.add('decisions', { provider, outcome });
    if (read) {
      for (const { fault } of decided.decision.steps) if (fault) onFault(event, fault);
      onDecided(event, { read, decision: decided.decision }, posts);
      return;
    }
    counters.add('decisions', { provider, outcome: 'failed' });
    log.error({ err: failure, eventId, endpointId, provider, type }, 'set an event aside that could not be decided');
    onSetAside(event, decided.decision.steps[0]?.text ?? '');
  }

  function between<T>(work: () => Promise<T>): Promise<T> {
    const result = turn.then(work);
    turn = result.catch(() => undefined);
    return result;
  }

  return {
    add(event) {
      backlog.add(event);
      wake();
    },
    between,
    start() {
      backlog.clear();
      started = true;
      wake();
    },
    look() {
      backlog.look();
      wake();
    },
    async pause() {
      started = false;
      await running;
      await turn;
    },
    async idle() {
      while (running) await running;
    },
    async stop() {
      stopping.abort();
      await running;
      await turn;
    },
  };
}

/** The oldest events of each endpoint in turn, as many as go into one commit: much from one keeps none of another waiting. */
function takeBatch(waiting: Iterable<HookEvent>): readonly HookEvent[] {
  const lines = new Map<string, HookEvent[]>();
  for (const event of waiting) {
    const line = lines.get(event.endpointId);
    if (!line) lines.set(event.endpointId, [event]);
    else if (line.length < BATCH.events) line.push(event);
  }
  const batch: HookEvent[] = [];
  let bytes = 0;
  for (let place = 0; place < BATCH.events; place++)
    for (const { [place]: event } of lines.values()) {
      if (!event) continue;
      bytes += event.body.length;
      if (batch.length === BATCH.events || (batch.length > 0 && bytes > BATCH.bytes)) return batch;
      batch.push(event);
    }
  return batch;
}
