import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Compilable, Kysely, sql } from 'kysely';
import type { Database, ReadOptions, RowsOf } from '../database.ts';
import { createDialect } from '../dialect.ts';
import { type Operation, type Row, type Statement, toStatement } from '../statement.ts';
import type { Tables } from '../tables.ts';
import { createBatches, sizeOf } from './batches.ts';
import { createBodySearch } from './body-search.ts';
import { toError } from './failure.ts';
import { language } from './language.ts';
import type { Answer, OpenOptions } from './protocol.ts';
import { createSearchIndex } from './search-index.ts';
import { openThread, type StartWorker, type Thread, unwrap } from './thread.ts';

const BATCH_OPERATIONS = 1000;

const BATCH_BYTES = 32 * 1024 * 1024;

/** Pages of 4 KB given back to the disk in one commit: few, for deliveries wait for it. */
const RECLAIMED = 250;

const BALLAST = 16 * 1024;

interface Waiting {
  readonly operation: Operation;
  readonly resolve: (rows: readonly (readonly Row[])[]) => void;
  readonly reject: (error: Error) => void;
}

export interface DatabaseOptions extends Omit<OpenOptions, 'readOnly'> {
  /** Starts its threads in another way. */
  readonly start?: StartWorker;
}

/** Opens a SQLite file, or `:memory:`, without looking at its tables. One thread writes and another reads, so that no commit waits for a reader. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { path } = options;
  const writer = await openThread({ name: 'journal', ...options });
  const reader = await openReader(options, writer);
  // Half a journal would be worse than none: it would accept deliveries that are never decided.
  reader.onCrash(writer.end);
  writer.onCrash(reader.end);
  const waiting: Waiting[] = [];
  const toBatch = createBatches();
  const queries = new Kysely<Tables>({
    dialect: createDialect(async (statement) => (await readAll([statement]))[0] ?? [], language),
  });

  async function readAll(
    statements: readonly Statement[],
    options: ReadOptions = {},
  ): Promise<readonly (readonly Row[])[]> {
    const answer = await reader.ask((id) => ({ id, kind: 'read', statements, ...options }));
    if (answer.kind !== 'read') throw new Error('The journal’s thread answered another request.');
    return unwrap(answer.outcome, path);
  }

  async function read<const Queries extends readonly Compilable[]>(
    given: Queries,
    options?: ReadOptions,
  ): Promise<RowsOf<Queries>> {
    // A query's type says what rows it has.
    return (await readAll(given.map(toStatement), options)) as unknown as RowsOf<Queries>;
  }

  function write(operation: Operation): Promise<readonly (readonly Row[])[]> {
    return new Promise((resolve, reject) => {
      waiting.push({ operation, resolve, reject });
      // Whatever else is read from the connections in this turn of the loop goes along.
      if (waiting.length === 1) setImmediate(handOver);
    });
  }

  /** Hands the thread what came in this turn. It commits whatever has come while it was busy, so neither waits for the other. */
  function handOver(): void {
    while (waiting.length > 0) {
      const { taken, bytes } = takeSome(waiting);
      const { batch, block } = toBatch(
        taken.map(({ operation }) => operation),
        bytes,
      );
      writer
        .ask((id) => ({ id, kind: 'write', batch }), [block])
        .then(
          (answer) => settle(taken, answer),
          (error: unknown) => {
            for (const { reject } of taken) reject(error instanceof Error ? error : new Error(String(error)));
          },
        );
    }
  }

  function settle(taken: readonly Waiting[], answer: Answer): void {
    for (const [index, { resolve, reject }] of taken.entries()) {
      const outcome = answer.kind === 'write' ? answer.outcomes[index] : undefined;
      if (outcome?.ok) resolve(outcome.value);
      else reject(outcome ? toError(outcome.failure, path) : new Error('The journal’s thread left an operation out.'));
    }
  }

  async function countPages(): Promise<{ readonly used: number; readonly unused: number; readonly bytes: number }> {
    const query = sql<{ pages: number; unused: number; bytes: number }>`
      select page_count as pages, freelist_count as unused, page_size as bytes
      from pragma_page_count, pragma_freelist_count, pragma_page_size`;
    const { pages = 0, unused = 0, bytes = 0 } = (await query.execute(queries)).rows[0] ?? {};
    return { used: pages - unused, unused, bytes };
  }

  return {
    queries,
    read,
    write,
    // There is one writer, so whoever writes much does it in small commits.
    writeAside: write,
    bodyIn: (body) => sql`pack(${body})`,
    bodyOut: (column) => sql`unpack(${sql.ref(column)})`,
    bytesOf: (column) => sql`coalesce(octet_length(${sql.ref(column)}), 0)`,
    search: createSearchIndex(queries),
    bodySearch: createBodySearch(queries),

    async ping(at) {
      const beat = sql`insert or replace into pulse (id, at, ballast) values (1, ${at.getTime()}, zeroblob(${BALLAST}))`;
      const statements = [beat, sql`delete from pulse`].map((raw) =>
        toStatement({ compile: () => raw.compile(queries) }),
      );
      await write(statements);
    },

    async size() {
      const { used, bytes } = await countPages();
      return used * bytes;
    },

    async reclaim() {
      const { unused } = await countPages();
      if (unused === 0) return false;
      await write([{ sql: `pragma incremental_vacuum(${RECLAIMED})`, parameters: [] }]);
      const left = (await countPages()).unused;
      // A file that was made elsewhere may be unable to shrink.
      return left > 0 && left < unused;
    },

    async close() {
      while (waiting.length > 0) await nextTurn();
      // The last to close a file tidies it up, which only the writer can.
      if (reader !== writer) await reader.close();
      await writer.close();
    },
  };
}

/** Only the writer can see what is in memory. */
async function openReader({ path, start }: DatabaseOptions, writer: Thread): Promise<Thread> {
  if (path === ':memory:') return writer;
  try {
    return await openThread({ name: 'journal reader', path, readOnly: true, ...(start && { start }) });
  } catch (error) {
    await writer.close();
    throw error;
  }
}

/** As many of those that wait, in order, as go along at once, and how many bytes they carry. */
function takeSome(waiting: Waiting[]): { readonly taken: readonly Waiting[]; readonly bytes: number } {
  let bytes = 0;
  let count = 0;
  for (const { operation } of waiting) {
    if (count === BATCH_OPERATIONS || (count > 0 && bytes > BATCH_BYTES)) break;
    bytes += sizeOf(operation);
    count += 1;
  }
  return { taken: waiting.splice(0, count), bytes };
}
