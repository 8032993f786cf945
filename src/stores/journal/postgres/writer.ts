import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Operation, Row } from '../statement.ts';
import { NewerSchema } from './newer-schema.ts';
import { runTogether } from './transaction.ts';

/** Operations that share a commit at most: the locks of each take room in the database. */
const OPERATIONS = 256;
const BYTES = 16 * 1024 * 1024;
/** So long may a commit take, in milliseconds, before fewer operations share the next. */
const LONG = 1_000;

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
  let running: Promise<void> | undefined;

  async function run(): Promise<void> {
    // Whatever else is read from the connections in this turn of the loop goes along.
    await nextTurn();
    while (waiting.length > 0) {
      const taken = takeSome(waiting, most);
      const begun = performance.now();
      await commitAll(taken);
      const took = performance.now() - begun;
      if (rests) await sleep(took);
      most = took > LONG ? Math.max(1, Math.floor((taken.length * LONG) / took)) : Math.min(OPERATIONS, most * 2);
    }
    running = undefined;
  }

  /** One commit for all. If anything fails, each operation gets a commit of its own, so that only what fails is lost. */
  async function commitAll(taken: readonly Waiting[]): Promise<void> {
    try {
      const connection = await open();
      const results = await runTogether(
        connection,
        taken.map(({ operation }) => operation),
        version,
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

/** Whether the database answered, and the connection stands. */
function isAnswer(error: unknown): boolean {
  if (error instanceof NewerSchema) return true;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^[0-9A-Z]{5}$/.test(code) && !/^(?:08|57P|E)/.test(code);
}
