import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Operation, Row } from '../statement.ts';
import { NewerSchema } from './newer-schema.ts';
import { runTogether } from './transaction.ts';

/** Operations that share a commit at most: the locks of each take room in the database. */
const OPERATIONS = 256;
const BYTES = 16 * 1024 * 1024;
/** So long may operations take that share a commit, in milliseconds, before fewer share the next. */
const LONG = 1_000;
/** Answers that one commit waits for, one after the other: of what guards, of what is guarded, of the commit. */
const TURNS = 3;

/** https://www.postgresql.org/docs/current/errcodes-appendix.html: a connection that may not write. Another may once the database takes writes again. */
const READ_ONLY = '25006';

type Rows = readonly (readonly Row[])[];

interface Waiting {
  readonly operation: Operation;
  readonly resolve: (rows: Rows) => void;
  readonly reject: (error: unknown) => void;
}

export interface Writer {
  write(operation: Operation): Promise<Rows>;
  /** Finishes what was asked. */
  close(): Promise<void>;
}

export interface WriterParts {
  connect(): Promise<pg.Client>;
  /** How many migrations are known: with more of them nothing is written. */
  readonly version: number;
  toError(error: unknown): Error;
  /** Whether it rests after each commit as long as that took, so that others get at the disk. */
  readonly rests?: boolean;
}

/** Commits operations over one connection, which is opened again whenever it was lost. What arrives during a commit shares the next. */
export function createWriter({ connect, version, toError, rests = false }: WriterParts): Writer {
  const waiting: Waiting[] = [];
  let client: pg.Client | undefined;
  let most = OPERATIONS;
  /** What a commit took lately that any would take, in milliseconds. */
  let anyway = 0;
  let running: Promise<void> | undefined;

  async function run(): Promise<void> {
    // Whatever else is read from the connections in this turn of the loop goes along.
    await nextTurn();
    while (waiting.length > 0) {
      const taken = takeSome(waiting, most);
      const begun = performance.now();
      await commitAll(taken);
      if (rests) await sleep(performance.now() - begun);
    }
    running = undefined;
  }

  async function commit(connection: pg.Client, operations: readonly Operation[]): Promise<readonly Rows[]> {
    const begun = performance.now();
    try {
      const { results, turn } = await runTogether(connection, operations, version);
      anyway = turn * TURNS;
      return results;
    } finally {
      most = toMost(operations.length, performance.now() - begun);
    }
  }

  /** How many may share the next commit. Where answers come late, fewer would not be quicker: then each would only wait for more of them. */
  function toMost(count: number, took: number): number {
    const byThem = took - anyway;
    const allowed = Math.max(LONG, anyway);
    return byThem > allowed ? Math.max(1, Math.floor((count * allowed) / byThem)) : Math.min(OPERATIONS, most * 2);
  }

  /** One commit for all. If anything fails, each operation gets a commit of its own, so that only what fails is lost. */
  async function commitAll(taken: readonly Waiting[]): Promise<void> {
    try {
      const results = await commit(
        await open(),
        taken.map(({ operation }) => operation),
      );
      for (const [index, { resolve }] of taken.entries()) resolve(results[index] ?? []);
    } catch (error) {
      // Nobody knows whether a commit got through that had no answer: it is not tried again here.
      const lost = !isAnswer(error);
      if (lost) drop();
      if (taken.length > 1 && !lost) for (const each of taken) await commitAll([each]);
      else for (const { reject } of taken) reject(toError(error));
    }
  }

  function drop(): void {
    const lost = client;
    client = undefined;
    // It may be gone already.
    lost?.end().catch(() => undefined);
  }

  async function open(): Promise<pg.Client> {
    if (client) return client;
    const opened = await connect();
    for (const event of ['error', 'end'])
      opened.once(event, () => {
        if (client === opened) drop();
      });
    client = opened;
    return opened;
  }

  return {
    write(operation) {
      return new Promise((resolve, reject) => {
        waiting.push({ operation, resolve, reject });
        running ??= run();
      });
    },
    async close() {
      await running;
      await client?.end();
    },
  };
}

/** As many of those that wait, in order, as go along at once. */
function takeSome(waiting: Waiting[], most: number): readonly Waiting[] {
  let bytes = 0;
  let count = 0;
  for (const { operation } of waiting) {
    if (count === most || (count > 0 && bytes > BYTES)) break;
    for (const { parameters } of operation)
      for (const value of parameters) if (value instanceof Uint8Array) bytes += value.byteLength;
    count += 1;
  }
  return waiting.splice(0, count);
}

/** Whether the database answered, and the connection may be used again. */
function isAnswer(error: unknown): boolean {
  if (error instanceof NewerSchema) return true;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^[0-9A-Z]{5}$/.test(code) && !/^(?:08|57P|E)/.test(code) && code !== READ_ONLY;
}
