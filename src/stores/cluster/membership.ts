import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Log } from '../../core/log.ts';
import { createClient } from '../shared/postgres/connect.ts';

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
}

/** Numbers of the locks that are held for as long as a connection stands: one for each node, and one for the leader. */
const NODE = 71_835;
const LEADER = '71834, 2';
/** Says that the lead is free. */
const CHANNEL = 'bellhop_lead';

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
export function createMembership({ url, log, duties }: MembershipParts): Membership {
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
      await client.query(`listen ${CHANNEL}`);
    } catch (error) {
      end(client);
      throw error;
    }
    return { client, lost: lost.signal };
  }

  async function join(): Promise<Seat> {
    const { client, lost } = await connect();
    try {
      await client.query('begin');
      const { rows } = await client.query<{ id: number }>(
        'insert into bellhop_cluster.nodes default values returning id',
      );
      const id = rows[0]?.id ?? 0;
      await client.query(`select pg_advisory_lock(${NODE}, $1)`, [id]);
      await client.query('commit');
      await client.query('update bellhop_cluster.nodes set worker = $2 where id = $1', [id, await duties.join()]);
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
      const locked = await client.query<{ got: boolean }>(`select pg_try_advisory_lock(${NODE}, $1) as got`, [id]);
      const seated = await isSeated(client, id);
      // The database may not have noticed yet that the last connection is gone.
      if (seated && !locked.rows[0]?.got) throw new Error('The seat is still taken by the connection that was lost.');
      if (seated) return { client, id, lost };
    } catch (error) {
      end(client);
      throw error;
    }
    end(client);
    return undefined;
  }

  async function isSeated(client: pg.Client, id: number): Promise<boolean> {
    const { rows } = await client.query('select 1 from bellhop_cluster.nodes where id = $1', [id]);
    return rows.length > 0;
  }

  /** Looks around until the connection is lost, or this node stops. */
  async function live(current: Seat): Promise<void> {
    const over = AbortSignal.any([signal, current.lost]);
    try {
      while (!over.aborted) {
        if (!(await isSeated(current.client, current.id))) return;
        await seekLead(current);
        if (leading) await bury(current);
        news = new AbortController();
        const wake = AbortSignal.any([over, news.signal]);
        await sleep(LOOK_EVERY, undefined, { signal: wake }).catch(() => undefined);
      }
    } catch (error) {
      if (!signal.aborted) log.warn({ err: error }, 'this node has lost its connection to the database');
    }
  }

  async function seekLead({ client, id }: Seat): Promise<void> {
    if (leading || resigned) return;
    if (leadsFrom === undefined) {
      const { rows } = await client.query<{ got: boolean }>(`select pg_try_advisory_lock(${LEADER}) as got`);
      if (!rows[0]?.got) return;
      const before = await client.query<{ node: number | null }>('select node from bellhop_cluster.seat');
      const isFree = [null, id].includes(before.rows[0]?.node ?? null);
      leadsFrom = performance.now() + (isFree ? 0 : GONE_AFTER);
    }
    if (performance.now() < leadsFrom) return;
    await client.query('update bellhop_cluster.seat set node = $1', [id]);
    leading = true;
    log.info({ node: id }, 'this node leads');
    duties.lead();
  }

  async function bury({ client, id }: Seat): Promise<void> {
    const { rows } = await client.query<{ id: number }>(
      `select id from bellhop_cluster.nodes where id <> $1 and not ${isHeld('nodes.id')}`,
      [id],
    );
    const now = performance.now();
    for (const known of unseen.keys()) if (!rows.some((row) => row.id === known)) unseen.delete(known);
    for (const row of rows) if (!unseen.has(row.id)) unseen.set(row.id, now);
    const gone = [...unseen].flatMap(([node, since]) => (now - since >= GONE_AFTER ? [node] : []));
    const buried = await client.query<{ id: number; worker: string | null }>(
      `delete from bellhop_cluster.nodes where id = any($1::int[]) and not ${isHeld('nodes.id')} returning id, worker`,
      [gone],
    );
    if (buried.rows.length > 0)
      log.warn({ nodes: buried.rows.map((row) => row.id) }, 'took over from nodes that are gone');
    await duties.bury(buried.rows.flatMap(({ worker }) => worker ?? []));
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
        if (wasLeading && !(await lock(resumed.client))) await stopLeading();
        return resumed;
      } catch {
        await sleep(AGAIN_AFTER, undefined, { signal }).catch(() => undefined);
      }
    }
    return undefined;
  }

  async function lock(client: pg.Client): Promise<boolean> {
    const { rows } = await client.query<{ got: boolean }>(`select pg_try_advisory_lock(${LEADER}) as got`);
    return rows[0]?.got ?? false;
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
    const client = seat?.client;
    if (!client) return;
    await client
      .query(`update bellhop_cluster.seat set node = null where node = $1`, [seat?.id])
      .then(() => client.query(`select pg_advisory_unlock(${LEADER})`))
      .then(() => client.query(`notify ${CHANNEL}`))
      .catch((error: unknown) => log.warn({ err: error }, 'the lead could not be handed over; another node takes it'));
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
    async stop() {
      await resign();
      stopping.abort();
      await running;
      const last = seat;
      await duties.leave();
      if (!last) return;
      await last.client.query('delete from bellhop_cluster.nodes where id = $1', [last.id]).catch(() => undefined);
      end(last.client);
    },
  };
}

/** Whether a connection holds the lock of a node. */
function isHeld(id: string): string {
  return `exists (select from pg_locks where locktype = 'advisory' and classid = ${NODE} and objid = ${id}::oid
    and database = (select oid from pg_database where datname = current_database()))`;
}

/** What does not answer is not waited for. */
function end(client: pg.Client): void {
  void client.end().catch(() => undefined);
}
