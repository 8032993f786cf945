import pg from 'pg';
import type { Cluster, Notes } from '../../core/cluster.ts';
import type { Log } from '../../core/log.ts';
import type { ByteSealer } from '../shared/byte-sealer.ts';
import { checkServer } from '../shared/postgres/check-server.ts';
import type { Queries } from '../shared/postgres/connect.ts';
import { toClientConfig } from '../shared/postgres/connection.ts';
import { toDatabaseError, toPlace } from '../shared/postgres/failure.ts';
import { createListener, type Listener } from '../shared/postgres/listener.ts';
import { createBus } from './bus.ts';
import { createClaims } from './claims.ts';
import { createClockWatch } from './clock-watch.ts';
import { createLaneWorkers } from './lane-jobs.ts';
import { createLaneStates } from './lane-states.ts';
import { createMembership, type Duties } from './membership.ts';
import { migrate, VERSION } from './migrations.ts';
import { createNotes } from './notes.ts';
import { tidyUp } from './tidy-up.ts';

/** A cluster as the node has it that opened it. */
export interface OpenCluster extends Cluster {
  /** What is written by these is on disk when they resolve. */
  readonly database: Queries;
  readonly listener: Listener;
  /** Begins to listen. What is to be heard must be named before. */
  listen(): Promise<void>;
  /** Takes part: lanes and the lead may fall to this node. */
  join(duties: ClusterDuties): Promise<void>;
  /** Keeps what may hold secrets. */
  notes(sealer: ByteSealer): Notes;
  /** Hands the lead over, if this node has it. */
  resign(): Promise<void>;
  /** Takes no more lanes, and leaves. */
  leave(): Promise<void>;
  close(): Promise<void>;
}

export interface ClusterDuties extends Pick<Duties, 'lead' | 'resign'> {
  /** Lanes may fall to this node from now on. */
  begin(): void;
  /** Others take over what this node had: lanes that run must stop, and resolve. */
  letGo(): Promise<void>;
  /** Called every few seconds on the node that leads. */
  tend(): Promise<void>;
}

export interface ClusterOptions {
  /** `postgres://…` */
  readonly url: string;
  readonly log: Log;
  /** This machine's clock. */
  readonly now?: () => Date;
  /** How many migrations of the journal this node knows: once there are more, it leaves. */
  readonly journalVersion?: number;
}

/** Connections for everything but what listens and what is held by a lock. */
const CONNECTIONS = 10;
/** What a database allows a connection is settled when that is made: one that took no writes is of no use once it takes them. */
const CONNECTION_SECONDS = 30;
/** How often what was forgotten is looked for, in milliseconds. */
const TEND_EVERY = 3_000;
/** How often what counts no longer is removed, in milliseconds. */
const TIDY_EVERY = 600_000;

/** Opens what nodes share in a database, and brings its tables up to date. Throws `AppError`. */
export async function openCluster({
  url,
  log,
  now = () => new Date(),
  journalVersion,
}: ClusterOptions): Promise<OpenCluster> {
  // What is kept by these may be lost in a crash of the database: at worst a budget is a little larger for a moment.
  const pool = toPool({ url, log }, { max: CONNECTIONS, options: '-c synchronous_commit=off' });
  const durable = toPool({ url, log }, { max: 2 });
  const listener = createListener({ url, log });
  const database = toQueries(pool, toPlace(url));
  const bus = createBus({ database, listener, log });
  const workers = createLaneWorkers({ pool, log });
  const clocks = createClockWatch({ database, log, now });
  let membership: ReturnType<typeof createMembership> | undefined;

  try {
    const client = await pool.connect();
    try {
      await checkServer(client, toPlace(url));
      await migrate(client);
    } finally {
      client.release();
    }
    await workers.prepare();
    await clocks.start();
  } catch (error) {
    await Promise.all([pool.end(), durable.end()]);
    throw toDatabaseError(error, toPlace(url));
  }

  return {
    database: toQueries(durable, toPlace(url)),
    listener,
    bus,
    claims: createClaims(database),
    lanes: createLaneStates(database),
    jobs: workers,
    get ahead() {
      return clocks.ahead;
    },
    get leads() {
      return membership?.leads ?? false;
    },
    notes: (sealer) => createNotes({ database, sealer, log }),
    listen: () => listener.start(),
    async join({ begin, lead, resign, letGo, tend }) {
      let tendedAt = 0;
      let tidiedAt = 0;
      membership = createMembership({
        url,
        log,
        known: { cluster: VERSION, journal: journalVersion },
        duties: {
          lead,
          resign,
          async join() {
            begin();
            return workers.start();
          },
          // The lanes that run are waited for, while no other is taken.
          leave: async () => void (await Promise.all([workers.stop(), letGo()])),
          async bury(gone) {
            await workers.release(gone);
            const now = performance.now();
            if (gone.length === 0 && now - tendedAt < TEND_EVERY) return;
            tendedAt = now;
            await tend();
            if (now - tidiedAt < TIDY_EVERY) return;
            tidiedAt = now;
            await tidyUp(database);
            await workers.tidyUp();
          },
        },
      });
      await membership.start();
    },
    resign: async () => membership?.resign(),
    leave: async () => membership?.stop(),
    async close() {
      clocks.stop();
      await bus.idle();
      await listener.stop();
      await Promise.all([pool.end(), durable.end()]);
    },
  };
}

function toPool({ url, log }: { readonly url: string; readonly log: Log }, options: pg.PoolConfig): pg.Pool {
  // The queue of lanes expects JSON to be read, as `pg` does by itself.
  const { types: _, ...config } = toClientConfig(url, 'cluster');
  const pool = new pg.Pool({
    ...config,
    ...options,
    maxLifetimeSeconds: CONNECTION_SECONDS,
  });
  // Whoever asks next gets another.
  const lost = (error: Error) => log.debug({ err: error }, 'a connection to the database was lost');
  pool.on('error', lost);
  pool.on('connect', (client) => client.on('error', lost));
  return pool;
}

function toQueries(pool: pg.Pool, place: string): Queries {
  return {
    query: (text, values) =>
      pool.query(text, values && [...values]).catch((error: unknown) => {
        throw toDatabaseError(error, place);
      }),
  };
}
