import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Log } from '../../core/log.ts';
import { createClient } from '../shared/postgres/connect.ts';
import {
  FREE,
  findUnseated,
  freeLead,
  giveUpSeat,
  isOutdated,
  isSeated,
  type KnownVersions,
  lastLeader,
  nameWorker,
  noteLeader,
  removeSeats,
  retakeSeat,
  takeSeat,
  tryLead,
  type Unseated,
} from './seats.ts';

/** What a node does while it belongs to the others. */
export interface Duties {
  /** It takes part from now on. Gives back the name under which it takes lanes. */
  join(): Promise<string>;
  /** It no longer does: others take over what it had. Nothing may be begun any more. */
  leave(): Promise<void>;
  /** It is the one that leads. */
  lead(): void;
  /** It no longer leads. Resolves once all that only the leader may do has ended. */
  resign(): Promise<void>;
  /** Called now and then while it leads, with the lanes' names of nodes that are gone. Throws where they could not be released. */
  bury(gone: readonly string[]): Promise<void>;
}

export interface Membership {
  readonly leads: boolean;
  /** Resolves once this node belongs to the others, which it tries for as long as the database is away. */
  start(): Promise<void>;
  /** Hands the lead over, if this node has it. */
  resign(): Promise<void>;
  /** Leaves properly: others need not wait to find out. */
  stop(): Promise<void>;
}

export interface MembershipParts {
  readonly url: string;
  readonly log: Log;
  readonly duties: Duties;
  readonly known: KnownVersions;
}

/** How often a node looks around. Milliseconds, as all below. */
const LOOK_EVERY = 1_000;
/** For how long a node that lost its connection tries to get it back before it stops what others may take over. */
const HOLD = 3_000;
const AGAIN_AFTER = 200;
/** For how long a node must have been away before others take over: longer than it holds on, and than an answer is under way. */
const GONE_AFTER = 4_500;

interface Seat {
  readonly client: pg.Client;
  readonly id: number;
  readonly lost: AbortSignal;
}

/**
 * Keeps a node among the others by a lock that ends with its connection. Where the connection is lost, it holds on for a moment,
 * as after a restart of the database; then it stops everything, and joins anew. One of the nodes leads.
 */
export function createMembership({ url, log, duties, known }: MembershipParts): Membership {
  const stopping = new AbortController();
  const { signal } = stopping;
  /** Since when nodes are not seen, by their number, on the clock that nobody can set. */
  const unseen = new Map<number, number>();
  let seat: Seat | undefined;
  let running: Promise<void> = Promise.resolve();
  /** Nothing: it does not. A moment: the lock is ours, and the one who led before may not have noticed until then. */
  let leadsFrom: number | undefined;
  let leading = false;
  let resigned = false;
  let news = new AbortController();

  async function connect(): Promise<Omit<Seat, 'id'>> {
    const client = createClient(url);
    const lost = new AbortController();
    client.on('error', () => lost.abort());
    client.on('end', () => lost.abort());
    client.on('notification', () => news.abort());
    try {
      await client.connect();
      await client.query(`listen ${FREE}`);
    } catch (error) {
      end(client);
      throw error;
    }
    return { client, lost: lost.signal };
  }

  async function join(): Promise<Seat> {
    const { client, lost } = await connect();
    try {
      const id = await takeSeat(client);
      await nameWorker(client, id, await duties.join());
      log.info({ node: id }, 'this node has joined the others');
      return { client, id, lost };
    } catch (error) {
      end(client);
      throw error;
    }
  }

  /** Takes the same seat again, unless it was given up by the others. */
  async function resume({ id }: Seat): Promise<Seat | undefined> {
    const { client, lost } = await connect();
    try {
      if (await retakeSeat(client, id)) return { client, id, lost };
    } catch (error) {
      end(client);
      throw error;
    }
    end(client);
    return undefined;
  }

  /** Looks around until the connection is lost, or this node stops. */
  async function live(current: Seat): Promise<void> {
    const over = AbortSignal.any([signal, current.lost]);
    // What went on before the connection stood is not known.
    unseen.clear();
    try {
      while (!over.aborted) {
        if (!(await isSeated(current.client, current.id))) return;
        if (await isOutdated(current.client, known)) return standDown();
        // On every node: whoever takes the lead knows by then for how long another has been gone.
        const gone = await findGone(current);
        await seekLead(current);
        if (leading) await bury(current, gone);
        news = new AbortController();
        const wake = AbortSignal.any([over, news.signal]);
        await sleep(LOOK_EVERY, undefined, { signal: wake }).catch(() => undefined);
      }
    } catch (error) {
      if (!signal.aborted) log.warn({ err: error }, 'this node has lost its connection to the database');
    }
  }

  /** Stops deciding and posting on this node for good, because a newer Bellhop has taken over. */
  function standDown(): void {
    log.error({}, 'a newer Bellhop has changed the database: this node decides and posts nothing more. Stop it');
    stopping.abort();
    void stop().catch((error: unknown) => log.error({ err: error }, 'this node could not leave the others'));
  }

  async function seekLead({ client, id }: Seat): Promise<void> {
    if (leading || resigned) return;
    if (leadsFrom === undefined) {
      if (!(await tryLead(client))) return;
      const before = await lastLeader(client);
      const isFree = before === undefined || before === id;
      leadsFrom = performance.now() + (isFree ? 0 : GONE_AFTER);
    }
    if (performance.now() < leadsFrom) return;
    await noteLeader(client, id);
    // It may have been asked to leave meanwhile.
    if (resigned) return;
    leading = true;
    log.info({ node: id }, 'this node leads');
    duties.lead();
  }

  async function findGone({ client, id }: Seat): Promise<readonly Unseated[]> {
    const found = await findUnseated(client, id);
    const now = performance.now();
    for (const known of unseen.keys()) if (!found.some((node) => node.id === known)) unseen.delete(known);
    for (const node of found) if (!unseen.has(node.id)) unseen.set(node.id, now);
    return found.filter((node) => now - (unseen.get(node.id) ?? now) >= GONE_AFTER);
  }

  async function bury({ client }: Seat, gone: readonly Unseated[]): Promise<void> {
    // Their lanes first: whoever is removed is not looked at again.
    await duties.bury(gone.flatMap(({ worker }) => worker ?? []));
    if (gone.length === 0) return;
    const nodes = gone.map((node) => node.id);
    await removeSeats(client, nodes);
    log.warn({ nodes }, 'took over from nodes that are gone');
  }

  async function run(first: Seat): Promise<void> {
    for (let current: Seat | undefined = first; !signal.aborted; current = await joinAgain()) {
      while (current) {
        seat = current;
        await live(current);
        if (signal.aborted) return;
        end(current.client);
        current = await holdOn(current);
      }
      seat = undefined;
      await giveUp();
    }
  }

  async function holdOn(last: Seat): Promise<Seat | undefined> {
    const until = performance.now() + HOLD;
    const wasLeading = leadsFrom !== undefined;
    while (!signal.aborted && performance.now() < until) {
      try {
        const resumed = await resume(last);
        if (!resumed) return undefined;
        if (wasLeading && !(await tryLead(resumed.client))) await stopLeading();
        return resumed;
      } catch {
        await sleep(AGAIN_AFTER, undefined, { signal }).catch(() => undefined);
      }
    }
    return undefined;
  }

  async function giveUp(): Promise<void> {
    log.warn({}, 'this node has stopped what others may take over, until it reaches the database again');
    await stopLeading();
    await duties.leave();
  }

  async function joinAgain(): Promise<Seat | undefined> {
    while (!signal.aborted) {
      try {
        return await join();
      } catch (error) {
        log.debug({ err: error }, 'this node could not join the others; trying again');
        await sleep(AGAIN_AFTER, undefined, { signal }).catch(() => undefined);
      }
    }
    return undefined;
  }

  async function stopLeading(): Promise<void> {
    leadsFrom = undefined;
    if (!leading) return;
    leading = false;
    await duties.resign();
  }

  async function resign(): Promise<void> {
    resigned = true;
    await stopLeading();
    if (!seat) return;
    await freeLead(seat.client, seat.id).catch((error: unknown) =>
      log.warn({ err: error }, 'the lead could not be handed over; another node takes it'),
    );
  }

  async function stop(): Promise<void> {
    await resign();
    stopping.abort();
    await running;
    // The lead may have fallen to it while it resigned.
    await resign();
    const last = seat;
    seat = undefined;
    await duties.leave();
    if (!last) return;
    // Where it cannot be given up, the others find it left after a moment.
    await giveUpSeat(last.client, last.id).catch(() => undefined);
    end(last.client);
  }

  return {
    get leads() {
      return leading;
    },
    async start() {
      const first = await joinAgain();
      if (!first) return;
      seat = first;
      await seekLead(first).catch(() => undefined);
      running = run(first);
    },
    resign,
    stop,
  };
}

/** What does not answer is not waited for. */
function end(client: pg.Client): void {
  void client.end().catch(() => undefined);
}
