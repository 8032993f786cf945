import { setImmediate as nextTurn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { Kysely } from 'kysely';
import { AppError } from '../../../core/errors.ts';
import type { Database, Operation, Row, Statement } from '../database.ts';
import type { Tables } from '../tables.ts';
import { createBatches, sizeOf } from './batches.ts';
import { createDialect } from './dialect.ts';
import { toError } from './failure.ts';
import type { Answer, OpenOptions, Outcome, Request } from './protocol.ts';

const BATCH_OPERATIONS = 1000;

const BATCH_BYTES = 32 * 1024 * 1024;

interface Waiting {
  readonly operation: Operation;
  readonly resolve: (rows: readonly (readonly Row[])[]) => void;
  readonly reject: (error: Error) => void;
}

/** Opens a SQLite file, or `:memory:`, without looking at its tables. */
export async function openDatabase({ path, maxPages }: OpenOptions): Promise<Database> {
  const worker = new Worker(new URL('./worker.js', import.meta.url), {
    name: 'journal',
    workerData: { path, ...(maxPages !== undefined && { maxPages }) },
    resourceLimits: { maxYoungGenerationSizeMb: 4 },
  });
  const pending = new Map<
    number,
    { readonly resolve: (answer: Answer) => void; readonly reject: (error: Error) => void }
  >();
  const waiting: Waiting[] = [];
  const toBatch = createBatches();
  let stopped: Error | undefined;
  let lastId = 0;

  const opened = expect(0);
  worker.on('message', (answer: Answer) => {
    pending.get(answer.id)?.resolve(answer);
    pending.delete(answer.id);
  });
  worker.on('error', stop);
  worker.on('exit', () => stop(undefined));

  const first = await opened;
  if (first.kind === 'opened' && !first.outcome.ok) {
    await worker.terminate();
    throw toError(first.outcome.failure, path);
  }

  async function read(statement: Statement): Promise<readonly Row[]> {
    const answer = await ask((id) => ({ id, kind: 'read', statement }));
    if (answer.kind !== 'read') throw new Error('The journal’s thread answered another question.');
    return unwrap(answer.outcome);
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
      ask((id) => ({ id, kind: 'write', batch }), [block]).then(
        (answer) => tell(taken, answer),
        (error: unknown) => {
          for (const { reject } of taken) reject(error instanceof Error ? error : new Error(String(error)));
        },
      );
    }
  }

  function tell(taken: readonly Waiting[], answer: Answer): void {
    for (const [index, { resolve, reject }] of taken.entries()) {
      const outcome = answer.kind === 'write' ? answer.outcomes[index] : undefined;
      if (outcome?.ok) resolve(outcome.value);
      else reject(outcome ? toError(outcome.failure, path) : new Error('The journal’s thread left an operation out.'));
    }
  }

  function ask(request: (id: number) => Request, handedOver: readonly ArrayBuffer[] = []): Promise<Answer> {
    if (stopped) return Promise.reject(stopped);
    const message = request(++lastId);
    const answer = expect(message.id);
    worker.postMessage(message, handedOver);
    return answer;
  }

  function expect(id: number): Promise<Answer> {
    return new Promise((resolve, reject) => pending.set(id, { resolve, reject }));
  }

  function stop(cause: unknown): void {
    stopped ??= new AppError(503, 'journal_stopped', 'The journal is closed. Start Bellhop again.', { cause });
    for (const { reject } of pending.values()) reject(stopped);
    pending.clear();
  }

  function unwrap<T>(outcome: Outcome<T>): T {
    if (outcome.ok) return outcome.value;
    throw toError(outcome.failure, path);
  }

  return {
    queries: new Kysely<Tables>({ dialect: createDialect(read) }),
    write,
    async close() {
      if (stopped) return;
      const exited = new Promise((resolve) => worker.once('exit', resolve));
      while (waiting.length > 0) await nextTurn();
      await ask((id) => ({ id, kind: 'close' }));
      await exited;
    },
  };
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
