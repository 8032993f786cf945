import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../../core/clock.ts';
import { textAt } from '../../core/delivery/readers.ts';
import type { HookEvent, StoredEvent } from '../../core/event/event.ts';
import type { Journal } from '../../core/event/journal.ts';
import type { Log } from '../../core/log.ts';
import type { Provider } from '../../core/provider/provider.ts';
import type { SecretMask } from '../../core/settings/secret-mask.ts';
import type { SettingsStore } from '../../core/settings/settings.ts';
import { type ReadEvent, readEvent } from '../../reading/read-event.ts';
import type { EventComposer } from '../compose-event.ts';
import { createFieldProfile, type FieldProfile, type Odd } from './field-profile.ts';
import { usedFields } from './used-fields.ts';

/** An event that lacks what those before it had. */
export interface Drift {
  readonly event: HookEvent;
  readonly read: ReadEvent;
  readonly odd: readonly Odd[];
  /** The event before it of its kind, which had all of it. */
  readonly before: StoredEvent;
  /** How many events before it had it. */
  readonly seen: number;
}

export interface DriftWatch {
  /** Looks at an event that was decided. Costs microseconds, unless its kind is new or something is odd about it. */
  see(event: HookEvent, read: ReadEvent): void;
  idle(): Promise<void>;
  stop(): void;
}

export interface DriftParts {
  readonly providers: ReadonlyMap<string, Provider>;
  readonly settings: Pick<SettingsStore, 'current'>;
  readonly journal: Pick<Journal, 'events'>;
  readonly mask: SecretMask;
  readonly log: Log;
  readonly clock: Clock;
  /** Whether deliveries arrive in numbers: they come first. */
  readonly rush: () => boolean;
  readonly make: EventComposer['make'];
  readonly onDrift: (drift: Drift) => void;
}

/** Events of one kind that must have a field before it is odd that one has not. */
const ENOUGH = 20;
/** Earlier events that are read where too few were seen since the start. */
const READ = 40;
const LISTED = 100;
const READ_BYTES = 8 * 1024 * 1024;
/** Kinds of events that are known at once; those that came longest ago are forgotten first. */
const KINDS = 300;
/** Events that wait for a closer look. More are let pass: others like them will come. */
const WAITING = { events: 50, bytes: 8 * 1024 * 1024 } as const;

/** In a rush closer looks take about a tenth of the time. Milliseconds. */
const REST = { perWork: 9, most: 500 } as const;

interface KnownKind {
  readonly profile: FieldProfile;
  /** The settings that said what is used. */
  readonly by: readonly unknown[];
}

interface Look<Event extends HookEvent = HookEvent> {
  readonly event: Event;
  readonly read: ReadEvent;
}

/** Watches whether fields that something uses are missing or of another kind than they used to be, after events are decided. */
export function createDriftWatch(parts: DriftParts): DriftWatch {
  const { providers, settings, journal, mask, log, clock, rush, make, onDrift } = parts;
  const kinds = new Map<string, KnownKind>();
  const waiting: Look[] = [];
  let bytes = 0;
  let running: Promise<void> | undefined;
  const stopping = new AbortController();

  const endpointOf = (id: string) => settings.current.endpoints.find((endpoint) => endpoint.id === id);
  /** What changes whenever something else may be used. */
  const settingsOf = ({ endpointId }: HookEvent) => {
    const { routes, rules } = endpointOf(endpointId) ?? {};
    return [routes, rules, settings.current.templates];
  };

  function find(event: HookEvent, read: ReadEvent): KnownKind | undefined {
    const key = keyOf(event, read);
    const known = kinds.get(key);
    if (!known) return undefined;
    kinds.delete(key);
    if (settingsOf(event).some((setting, index) => setting !== known.by[index])) return undefined;
    kinds.set(key, known);
    return known;
  }

  function wait(look: Look): void {
    const size = look.event.body.length;
    if (
      stopping.signal.aborted ||
      waiting.length >= WAITING.events ||
      (waiting.length > 0 && bytes + size > WAITING.bytes)
    )
      return;
    waiting.push(look);
    bytes += size;
    wake();
  }

  function wake(): void {
    if (running || waiting.length === 0 || stopping.signal.aborted) return;
    running = run().finally(() => {
      running = undefined;
      wake();
    });
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      const [look] = waiting;
      if (!look) return;
      await nextTurn();
      const begun = performance.now();
      try {
        await lookClosely(look);
      } catch (error) {
        log.warn({ err: error, eventId: look.event.id }, 'an event could not be compared with those before it');
      }
      waiting.shift();
      bytes -= look.event.body.length;
      if (rush()) await clock.sleep(Math.min(REST.most, (performance.now() - begun) * REST.perWork), stopping.signal);
    }
  }

  async function lookClosely({ event, read }: Look): Promise<void> {
    const { payload } = read.incoming;
    const known = find(event, read) ?? (await begin(event, read));
    const suspects = known.profile.odd(payload);
    if (suspects.length === 0) return known.profile.learn(payload);
    const { profile, before } =
      known.profile.seen >= ENOUGH ? await withLast(known.profile, event, read) : await fromJournal(event, read);
    const odd = profile.seen >= ENOUGH ? profile.odd(payload) : [];
    profile.learn(payload);
    remember(keyOf(event, read), { profile, by: settingsOf(event) });
    if (odd.length === 0 || !before) return;
    for (const { path } of odd) profile.forget(path);
    onDrift({ event, read, odd, before, seen: profile.seen - 1 });
  }

  /** Begins with what the event before it used, where there is one: this one may be odd already. */
  async function begin(event: HookEvent, read: ReadEvent): Promise<KnownKind> {
    const [before] = await earlier(event, read, 1);
    const profile = profileOf(before ?? { event, read });
    if (before) profile.learn(before.read.incoming.payload);
    const known = { profile, by: settingsOf(event) };
    remember(keyOf(event, read), known);
    return known;
  }

  async function withLast(profile: FieldProfile, event: HookEvent, read: ReadEvent) {
    const [before] = await earlier(event, read, 1);
    return { profile, before: before?.event };
  }

  /** Learns from the events before one, as far as they are kept. */
  async function fromJournal(event: HookEvent, read: ReadEvent) {
    const looks = await earlier(event, read, READ);
    const [before] = looks;
    const profile = profileOf(before ?? { event, read });
    for (const each of looks) profile.learn(each.read.incoming.payload);
    return { profile, before: before?.event };
  }

  /** The events of the same kind before one, newest first. */
  async function earlier(event: HookEvent, read: ReadEvent, most: number): Promise<readonly Look<StoredEvent>[]> {
    const { endpointId, type, id } = event;
    const list = await journal.events.list({ endpointId, type, before: id, limit: LISTED });
    const key = keyOf(event, read);
    const found: Look<StoredEvent>[] = [];
    let [reads, size] = [0, 0];
    for (const { about, id: earlierId } of list) {
      if (found.length >= most || reads >= READ || size > READ_BYTES) break;
      if ((about?.state ?? '') !== (read.parts.state ?? '')) continue;
      reads++;
      const stored = await journal.events.get(earlierId);
      const again = stored && readAgain(stored);
      size += stored?.body.length ?? 0;
      if (again && keyOf(stored, again) === key && isWatched(stored, again)) found.push({ event: stored, read: again });
      await nextTurn();
    }
    return found;
  }

  const readAgain = (event: HookEvent) => readEvent(event, providers.get(event.provider), mask);
  const profileOf = ({ event, read }: Look) =>
    createFieldProfile(
      usedFields(event, read, {
        provider: providers.get(event.provider),
        endpoint: endpointOf(event.endpointId),
        make,
      }),
    );

  function remember(key: string, known: KnownKind): void {
    kinds.delete(key);
    kinds.set(key, known);
    const [oldest] = kinds.keys();
    if (oldest !== undefined && kinds.size > KINDS) kinds.delete(oldest);
  }

  return {
    see(event, read) {
      if (!isWatched(event, read)) return;
      const { payload } = read.incoming;
      const known = find(event, read);
      if (!known || known.profile.odd(payload).length > 0) return wait({ event, read });
      known.profile.learn(payload);
    },
    async idle() {
      while (running) await running;
    },
    stop() {
      stopping.abort();
      waiting.length = 0;
    },
  };
}

/** Skips handshakes, the rest of a batch, and bodies that are not objects. */
function isWatched({ verification, part }: HookEvent, { incoming: { payload, problem } }: ReadEvent): boolean {
  if (verification.handshake !== undefined || part?.rest || problem !== undefined) return false;
  return typeof payload === 'object' && payload !== null && !Array.isArray(payload);
}

/** What senders call the field that says what happened. */
const ACTIONS = ['action', 'event', 'event_type', 'eventType', 'event_name', 'type', 'kind', 'object_kind', 'status'];
const LENGTH = 60;

/** Events of one type, state and action look alike: what is opened has other fields than what is labelled. */
function keyOf({ endpointId, type }: HookEvent, { parts, incoming: { payload } }: ReadEvent): string {
  const actions = ACTIONS.map((name) => textAt(payload, name)?.slice(0, LENGTH) ?? '');
  return [endpointId, type, parts.state ?? '', ...actions].join('\n');
}
