import type { Cluster } from '../../core/cluster.ts';
import type { OwedChannel, Post } from '../../core/event/post.ts';
import type { Lanes } from '../lanes.ts';
import type { Lane } from '../posting/lane.ts';
import { createLaneMaker, type LaneMakerParts, waitingIn } from '../posting/lane-maker.ts';

export interface SharedLanes extends Lanes {
  /** Lanes may be run here from now on. */
  begin(): void;
  /** Stops the lanes that run here, which other nodes take over. Resolves once nothing is under way. */
  letGo(): Promise<void>;
  /** Has the lanes run that something is owed in, whoever forgot them. */
  tend(): Promise<void>;
}

export interface SharedLanesParts extends LaneMakerParts {
  readonly cluster: Pick<Cluster, 'bus' | 'lanes' | 'jobs'>;
  /** Called before a lane is run here: another node may have run it meanwhile. */
  readonly onTaken: (channel: OwedChannel) => void;
  /** Called once nothing is owed in a lane, while no other node may run it. */
  readonly onEmpty: (channel: OwedChannel) => Promise<void>;
}

const OWED = 'owed';
const HURRY = 'hurry';
/** For how long the job of a lane may still stand that has ended, in milliseconds. One that is added meanwhile wakes nobody. */
const ENDS_WITHIN = 50;
/** How often it is looked whether the last lane is empty, in milliseconds, by who waits for it. */
const LOOK_EVERY = 20;

interface Running {
  readonly lane: Lane;
  readonly ended: Promise<void>;
  /** Whether there may be more than was found. */
  more: boolean;
  /** Whether nothing was owed any more, and what follows from that is under way. */
  isEmpty: boolean;
}

interface OwedWord {
  readonly channels: readonly OwedChannel[];
  readonly asked: boolean;
}

/**
 * Lanes that any node may run, one node at a time. What is owed is in the journal alone: a lane reads it when it is taken, and
 * again when it hears that there is more. It is given back only once it is empty.
 */
export function createSharedLanes(parts: SharedLanesParts): SharedLanes {
  const { cluster, platforms, journal, clock, log } = parts;
  const { bus, jobs, lanes: states } = cluster;
  const running = new Map<string, Running>();
  const waiting = () => waitingIn(Array.from(running.values(), ({ lane }) => lane));
  const makeLane = createLaneMaker(parts, { waiting, cluster });
  /** Lanes whose job may still stand, and whether more was owed meanwhile. */
  const ending = new Map<string, boolean>();
  let term = new AbortController();

  jobs.onLane(run);
  bus.on(OWED, (word) => look(word as OwedWord));
  bus.on(HURRY, (word) => hurry(word as readonly OwedChannel[]));

  function look({ channels, asked }: OwedWord): void {
    for (const channel of channels) {
      const known = running.get(nameOf(channel));
      if (!known) {
        if (ending.has(nameOf(channel))) ending.set(nameOf(channel), true);
        continue;
      }
      if (asked) known.lane.open();
      known.more = true;
      if (!known.isEmpty) known.lane.look();
    }
  }

  function hurry(channels: readonly OwedChannel[]): void {
    for (const channel of channels) running.get(nameOf(channel))?.lane.hurry();
  }

  async function run(where: OwedChannel): Promise<void> {
    const { signal } = term;
    const closed = await states.closing(where).catch(() => undefined);
    if (signal.aborted) return pass([where]);
    parts.onTaken(where);
    platforms.get(where.platform)?.forget?.(where.channel);
    const lane = makeLane({
      where,
      stopping: signal,
      closed,
      onClosing: (closing) => void noteClosing(where, closing),
    });
    const { promise: ended, resolve } = Promise.withResolvers<void>();
    const taken = { lane, ended, more: true, isEmpty: false };
    running.set(nameOf(where), taken);
    try {
      while (taken.more && !signal.aborted) await runUntilEmpty(where, taken);
    } catch (error) {
      log.error({ err: error, ...where }, 'a lane ended with a failure');
    } finally {
      running.delete(nameOf(where));
      resolve();
    }
    // Whoever takes it finds out whether something is owed.
    if (signal.aborted) await pass([where]);
    else void endJob(where, signal);
  }

  async function endJob(where: OwedChannel, signal: AbortSignal): Promise<void> {
    ending.set(nameOf(where), false);
    await clock.sleep(ENDS_WITHIN, signal);
    const more = ending.get(nameOf(where)) === true;
    ending.delete(nameOf(where));
    if (more && !signal.aborted) await pass([where]);
  }

  async function runUntilEmpty(where: OwedChannel, taken: Running): Promise<void> {
    Object.assign(taken, { more: false, isEmpty: false });
    taken.lane.look();
    await taken.lane.idle();
    taken.isEmpty = true;
    await parts.onEmpty(where);
  }

  async function noteClosing(where: OwedChannel, closing: Parameters<typeof states.close>[1] | undefined) {
    const noted = closing ? states.close(where, closing) : states.open(where);
    await noted.catch((error: unknown) =>
      log.warn({ err: error, ...where }, 'other nodes do not know of a closed channel'),
    );
  }

  /** What is not passed on here is found by the node that leads. */
  async function pass(channels: readonly OwedChannel[]): Promise<void> {
    await jobs
      .add(channels)
      .catch((error: unknown) =>
        log.warn({ err: error }, 'lanes could not be passed on; they are found a little later'),
      );
  }

  async function owe(channels: readonly OwedChannel[], asked: boolean): Promise<void> {
    if (asked) await Promise.all(channels.map((channel) => noteClosing(channel, undefined)));
    look({ channels, asked });
    bus.send(OWED, { channels, asked } satisfies OwedWord);
    await pass(channels.filter((channel) => !running.has(nameOf(channel))));
  }

  async function letGo(): Promise<void> {
    term.abort();
    await Promise.all([...running.values()].map(({ ended }) => ended));
  }

  return {
    add(posts: readonly Post[], { asked = false } = {}) {
      const due = posts.filter(({ state }) => state === 'due');
      const channels = new Map(due.map(({ platform, channel }) => [`${platform}:${channel}`, { platform, channel }]));
      if (channels.size > 0) void owe([...channels.values()], asked);
    },
    hurry(channels) {
      hurry(channels);
      bus.send(HURRY, channels);
      void pass(channels.filter((channel) => !running.has(nameOf(channel))));
    },
    begin() {
      if (term.signal.aborted) term = new AbortController();
    },
    async start() {},
    get waiting() {
      return waiting();
    },
    async idle() {
      while (running.size > 0 || (await journal.posts.owed()).length > 0) await clock.sleep(LOOK_EVERY);
    },
    async tend() {
      await pass(await journal.posts.owed());
    },
    letGo,
    stop: letGo,
  };
}

function nameOf({ platform, channel }: OwedChannel): string {
  return `${platform}:${channel}`;
}
