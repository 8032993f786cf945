import { type Compilable, Kysely, type RawBuilder, sql } from 'kysely';
import pg from 'pg';
import { AppError } from '../../../core/errors.ts';
import { toClientConfig } from '../../shared/postgres/connection.ts';
import { toDatabaseError, toPlace } from '../../shared/postgres/failure.ts';
import type { Database, ReadOptions, RowsOf } from '../database.ts';
import { createDialect } from '../dialect.ts';
import { type Operation, type Statement, toStatement } from '../statement.ts';
import type { Tables } from '../tables.ts';
import { createBodySearch } from './body-search.ts';
import { language } from './language.ts';
import { SCHEMA, toNewer } from './migrate.ts';
import { NewerSchema } from './newer-schema.ts';
import { createReader } from './reader.ts';
import { createSearchIndex } from './search-index.ts';
import { createWriter, type Writer } from './writer.ts';

export interface DatabaseOptions {
  /** `postgres://…` */
  readonly url: string;
  /** How many migrations are known: with more of them nothing is written. */
  readonly version: number;
}

const READERS = 6;
const SILENT_AFTER = 25_000;
const FROZEN_AFTER = 30_000;

/** Bytes that an event takes beside its body and headers: its row, its decision, its words, their indexes. */
const BESIDE = 2_048;

const BALLAST = Buffer.alloc(16 * 1024, 'ballast');

/** Opens a PostgreSQL database whose tables are up to date. Connections are made as they are needed, and again after they were lost. */
export function openDatabase({ url, version }: DatabaseOptions): Database {
  const place = toPlace(url);
  const pool = new pg.Pool({
    ...toClientConfig(url, 'reader'),
    max: READERS,
    pipeline: true,
    // Beyond what the database allows a statement, nobody is there.
    query_timeout: SILENT_AFTER,
  });
  // Whoever asks next gets another.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => {
    // One that is lost while it is used says so to whoever uses it; nobody else would hear this.
    client.on('error', () => undefined);
    prepare(client, READING).catch(() => undefined);
  });
  const writer = createWriter({ connect: () => connect(url), version, toError });
  const aside = createWriter({ connect: () => connectAside(url), version, toError, rests: true });
  const readAll = createReader(pool);
  let closed: Promise<void> | undefined;

  const queries = new Kysely<Tables>({
    dialect: createDialect(async (statement) => (await readSafely([statement]))[0] ?? [], language),
  });

  function toError(error: unknown): Error {
    return error instanceof NewerSchema ? toNewer(place) : toDatabaseError(error, place);
  }

  async function readSafely(statements: readonly Statement[], options?: ReadOptions) {
    if (closed) throw toStopped();
    return readAll(statements, options).catch((error: unknown) => {
      throw toError(error);
    });
  }

  function writeBy({ write: commit }: Writer) {
    return async (operation: Operation) => {
      if (closed) throw toStopped();
      return commit(operation);
    };
  }

  const write = writeBy(writer);

  return {
    queries,
    write,
    writeAside: writeBy(aside),
    async read<const Queries extends readonly Compilable[]>(given: Queries, options?: ReadOptions) {
      // A query's type says what rows it has.
      return (await readSafely(given.map(toStatement), options)) as unknown as RowsOf<Queries>;
    },
    // It compresses large values by itself.
    bodyIn: (body) => sql`${body}`,
    bodyOut: (column) => sql.ref(column) as unknown as RawBuilder<Uint8Array>,
    bytesOf: (column) => sql`coalesce(pg_column_size(${sql.ref(column)}), 0)`,
    search: createSearchIndex(queries),
    bodySearch: createBodySearch(queries),

    async ping(at) {
      const beat = sql`insert into pulse (id, at, ballast) values (1, ${at.getTime()}, ${BALLAST})
        on conflict (id) do update set at = excluded.at, ballast = excluded.ballast`;
      await write([toStatement({ compile: () => beat.compile(queries) })]);
    },

    async size() {
      const query = sql<{ bytes: number | null }>`
        select sum(pg_column_size(body) + octet_length(headers_json) + ${BESIDE}::integer) as bytes from events`;
      return (await query.execute(queries)).rows[0]?.bytes ?? 0;
    },

    // Autovacuum does it.
    reclaim: async () => false,

    close() {
      closed ??= Promise.resolve().then(async () => {
        await Promise.all([writer.close(), aside.close()]);
        await pool.end();
      });
      return closed;
    },
  };
}

/** A connection that finds the journal's tables. Throws what PostgreSQL says. */
export async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ ...toClientConfig(url, 'journal'), pipeline: true });
  // Its loss shows in what is asked of it, and it is opened again.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await prepare(client, WRITING);
    await acknowledgeLate(client);
  } catch (error) {
    await client.end();
    throw error;
  }
  return client;
}

/** Its commits are not synced: what a crash undoes of them is done again. */
async function connectAside(url: string): Promise<pg.Client> {
  const client = await connect(url);
  await prepare(client, { synchronous_commit: 'off' });
  return client;
}

/**
 * Every list walks one index from its end and looks the rest up by number. Other plans start at the end of a second table too,
 * however far back the page is, and take seconds in a large journal.
 */
const READING = {
  search_path: SCHEMA,
  enable_mergejoin: 'off',
  enable_hashjoin: 'off',
  random_page_cost: '1.1',
  jit: 'off',
} as const;

/** A node that froze must not keep others waiting. */
const WRITING = { search_path: SCHEMA, idle_in_transaction_session_timeout: String(FROZEN_AFTER) } as const;

async function prepare(client: pg.ClientBase, settings: Readonly<Record<string, string>>): Promise<void> {
  const calls = Object.entries(settings).map(([name, value]) => `set_config('${name}', '${value}', false)`);
  await client.query(`select ${calls.join()}`);
}

/** What is acknowledged is on disk, also where the database is set to put that off. */
async function acknowledgeLate(client: pg.ClientBase): Promise<void> {
  await client.query(
    "select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') = 'off'",
  );
}

function toStopped(): AppError {
  return new AppError(503, 'journal_stopped', 'The journal is closed. Start Bellhop again.');
}
