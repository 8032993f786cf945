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
import { createWriter } from './writer.ts';

export interface DatabaseOptions {
  /** `postgres://…` */
  readonly url: string;
  /** How many migrations are known: with more of them nothing is written. */
  readonly version: number;
}

const READERS = 6;

/** Bytes that an event takes beside its body and headers: its row, its decision, its words, their indexes. */
const BESIDE = 2_048;

const BALLAST = Buffer.alloc(16 * 1024, 'ballast');

/** Opens a PostgreSQL database whose tables are up to date. Connections are made as they are needed, and again after they were lost. */
export function openDatabase({ url, version }: DatabaseOptions): Database {
  const place = toPlace(url);
  const pool = new pg.Pool({ ...toClientConfig(url, 'reader'), max: READERS, pipeline: true });
  // Whoever asks next gets another.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => void prepareClient(client).catch(() => undefined));
  const writer = createWriter({ connect: () => connect(url), version, toError });
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

  async function write(operation: Operation) {
    if (closed) throw toStopped();
    return writer.write(operation);
  }

  return {
    queries,
    write,
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
        await writer.close();
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
    await prepareClient(client);
  } catch (error) {
    await client.end();
    throw error;
  }
  return client;
}

async function prepareClient(client: pg.ClientBase): Promise<void> {
  await client.query(`set search_path to ${SCHEMA}`);
}

function toStopped(): AppError {
  return new AppError(503, 'journal_stopped', 'The journal is closed. Start Bellhop again.');
}
