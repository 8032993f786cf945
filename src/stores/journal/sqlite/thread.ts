import type { EventEmitter } from 'node:events';
import { Worker } from 'node:worker_threads';
import { AppError } from '../../../core/errors.ts';
import { toError } from './failure.ts';
import type { Answer, OpenOptions, Outcome, Request } from './protocol.ts';

/** A thread with a connection of its own to a SQLite file. */
export interface Thread {
  /** Asks the thread, and hands blocks of memory over to it. */
  ask(request: (id: number) => Request, handedOver?: readonly ArrayBuffer[]): Promise<Answer>;
  /** Calls back when the thread ends without having been asked to. */
  onCrash(listener: () => void): void;
  /** Ends the thread as it stands. */
  end(): void;
  /** Finishes what was asked, then ends the thread. */
  close(): Promise<void>;
}

/** What is used of a worker: it sends `message`, `error` and `exit`. */
export interface ThreadWorker extends EventEmitter {
  postMessage(request: Request, handedOver: readonly ArrayBuffer[]): void;
  terminate(): Promise<unknown>;
}

/** Starts what `worker.js` does, under a name for whoever looks at the process. */
export type StartWorker = (name: string, options: OpenOptions) => ThreadWorker;

export async function openThread({
  name,
  start = startWorker,
  ...options
}: OpenOptions & { readonly name: string; readonly start?: StartWorker }): Promise<Thread> {
  const worker = start(name, options);
  const pending = new Map<
    number,
    { readonly resolve: (answer: Answer) => void; readonly reject: (error: Error) => void }
  >();
  const listeners: (() => void)[] = [];
  let stopped: Error | undefined;
  let closing = false;
  let lastId = 0;

  const opened = expect(0);
  worker.on('message', (answer: Answer) => {
    pending.get(answer.id)?.resolve(answer);
    pending.delete(answer.id);
  });
  worker.on('error', stop);
  worker.on('exit', () => {
    stop(undefined);
    if (!closing) for (const listener of listeners) listener();
  });

  const first = await opened;
  if (first.kind === 'opened' && !first.outcome.ok) {
    await worker.terminate();
    throw toError(first.outcome.failure, options.path);
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

  return {
    ask,
    onCrash: (listener) => void listeners.push(listener),
    end: () => void worker.terminate(),
    async close() {
      if (stopped) return;
      closing = true;
      const exited = new Promise((resolve) => worker.once('exit', resolve));
      await ask((id) => ({ id, kind: 'close' }));
      await exited;
    },
  };
}

function startWorker(name: string, options: OpenOptions): ThreadWorker {
  return new Worker(new URL('./worker.js', import.meta.url), {
    name,
    workerData: options,
    resourceLimits: { maxYoungGenerationSizeMb: 4 },
  });
}

export function unwrap<T>(outcome: Outcome<T>, path: string): T {
  if (outcome.ok) return outcome.value;
  throw toError(outcome.failure, path);
}
