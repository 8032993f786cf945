import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '../core/clock.ts';
import type { Counters } from '../core/counters.ts';
import type { HookEvent } from '../core/event/event.ts';
import type { Journal } from '../core/event/journal.ts';
import type { Decided, NewPost, Post } from '../core/event/post.ts';
import type { Log } from '../core/log.ts';
import type { Provider } from '../core/provider/provider.ts';
import type { SettingsStore } from '../core/settings/settings.ts';
import { type ReadEvent, readEvent } from '../reading/read-event.ts';
import { decide } from './decide.ts';
import { toRules } from './rules.ts';

export interface Processor {
  /** Takes an event that is on disk. Never waits: what does not fit in memory is fetched from the journal later. */
  add(event: HookEvent): void;
  /** Decides what an earlier run left undecided, then whatever comes. */
  start(): void;
  /** Runs something between two decisions, so that it sees all of one and none of the next. */
  between<T>(work: () => Promise<T>): Promise<T>;
  /** Resolves once nothing waits for a decision. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

export interface ProcessParts {
  readonly providers: ReadonlyMap<string, Provider>;
  readonly settings: SettingsStore;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly counters: Counters;
  readonly log: Log;
  /** Whether deliveries arrive in numbers: they come first. */
  readonly rush: () => boolean;
  /** What happened in one line, as history and search show it. */
  readonly titleOf: (event: HookEvent, read: ReadEvent) => string;
  readonly onDecided: (event: HookEvent, read: ReadEvent, posts: readonly Post[]) => void;
}

/** Events decided in one commit: few, for a delivery that arrives meanwhile waits for it. */
const BATCH = 8;
/** Events fetched at once from the journal. */
const PAGE = 256;
/** How long deciding keeps the loop to itself, in milliseconds. */
const SLICE = 1;
/** Undecided events held in memory; the rest wait in the journal. */
const MEMORY = { events: 2_000, bytes: 32 * 1024 * 1024 } as const;
/** In a rush deciding takes about a tenth of the time, for providers wait and channels can. Milliseconds. */
const REST = { perWork: 9, least: 10, most: 2_000 } as const;
const RETRY_AFTER = 1_000;

/** Decides what happens with each event, in the order they came. */
export function createProcessor(parts: ProcessParts): Processor {
  const { providers, settings, journal, clock, counters, log, rush, titleOf, onDecided } = parts;
  let waiting: HookEvent[] = [];
  let waitingBytes = 0;
  /** Whether the journal holds undecided events that memory does not. */
  let behind = true;
  let running: Promise<void> | undefined;
  let started = false;
  let stopped = false;
  let turn: Promise<unknown> = Promise.resolve();

  function add(event: HookEvent): void {
    if (behind || waiting.length >= MEMORY.events || waitingBytes > MEMORY.bytes) behind = true;
    else {
      waiting.push(event);
      waitingBytes += event.body.length;
    }
    wake();
  }

  function wake(): void {
    if (!started || stopped || running) return;
    running = run().finally(() => {
      running = undefined;
      if (waiting.length || behind) wake();
    });
  }

  async function run(): Promise<void> {
    while (!stopped && (waiting.length || behind)) {
      const before = performance.now();
      try {
        if (!waiting.length) await refill();
        const batch = waiting.slice(0, BATCH);
        if (batch.length) {
          await between(() => decideAll(batch));
          waiting = waiting.slice(batch.length);
          for (const { body } of batch) waitingBytes -= body.length;
        }
      } catch (error) {
        log.error({ err: error }, 'events could not be decided; trying again');
        await clock.sleep(RETRY_AFTER);
      }
      if (rush()) await wait(Math.min(REST.most, Math.max(REST.least, (performance.now() - before) * REST.perWork)));
    }
  }

  async function refill(): Promise<void> {
    const found = await journal.events.undecided({ limit: PAGE });
    if (found.length) {
      waiting = [...found];
    } else {
      // What was committed while nothing was found is seen by a second look; what comes from now on is kept in memory.
      behind = false;
      const late = await journal.events.undecided({ limit: PAGE });
      const known = new Set(late.map(({ id }) => id));
      waiting = [...late, ...waiting.filter(({ id }) => !known.has(id))];
      if (late.length === PAGE) behind = true;
    }
    waitingBytes = waiting.reduce((sum, { body }) => sum + body.length, 0);
  }

  async function decideAll(events: readonly HookEvent[]): Promise<void> {
    const reads = await readAll(events);
    const rules = toRules(settings.current);
    const now = clock.now();
    const decided = events.map((event, index): Decided => {
      const read = reads[index] as ReadEvent;
      const { quiet } = read;
      const about = { ...read.about, title: titleOf(event, read) };
      const decision = decide(
        { endpointId: event.endpointId, type: event.type, about, verification: event.verification, quiet },
        rules,
        now,
      );
      for (const { outcome } of decision.routes) counters.add('decisions', { provider: event.provider, outcome });
      return { eventId: event.id, about, decision, posts: toPosts(event, decision) };
    });
    const posts = await journal.posts.decide(decided);
    const byEvent = Map.groupBy(posts, ({ eventId }) => eventId);
    for (const [index, event] of events.entries()) {
      onDecided(event, reads[index] as ReadEvent, byEvent.get(event.id) ?? []);
    }
  }

  async function readAll(events: readonly HookEvent[]): Promise<readonly ReadEvent[]> {
    const reads: ReadEvent[] = [];
    let since = performance.now();
    for (const event of events) {
      if (performance.now() - since > SLICE) {
        await nextTurn();
        since = performance.now();
      }
      reads.push(readEvent(event, providers.get(event.provider)));
    }
    return reads;
  }

  function between<T>(work: () => Promise<T>): Promise<T> {
    const result = turn.then(work);
    turn = result.catch(() => undefined);
    return result;
  }

  return {
    add,
    between,
    start() {
      started = true;
      wake();
    },
    async idle() {
      while (running) await running;
    },
    async stop() {
      stopped = true;
      await running;
      await turn;
    },
  };
}

function toPosts(event: HookEvent, decision: Decided['decision']): readonly NewPost[] {
  return decision.routes.flatMap(({ outcome, routeId, platform, channel, channelName, muteId }) =>
    outcome === 'drop'
      ? []
      : [
          {
            platform,
            channel,
            channelName,
            routeId,
            state: outcome === 'hold' ? ('held' as const) : ('due' as const),
            eventId: event.id,
            endpointId: event.endpointId,
            ...(muteId && { muteId }),
          },
        ],
  );
}
