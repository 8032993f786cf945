import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** A process that does one thing as often as it can. */
export interface Worker {
  readonly pid: number;
  /** Lets it begin, and gives back what it did. */
  run(): Promise<number>;
  stop(): Promise<void>;
}

/** Starts processes of a file in this folder, which say when they are ready, begin when they are asked, and say how often they did it. */
export function startWorkers(file: string, count: number, words: readonly string[]): Promise<readonly Worker[]> {
  return Promise.all(Array.from({ length: count }, () => startWorker(file, words)));
}

async function startWorker(file: string, words: readonly string[]): Promise<Worker> {
  const child: ChildProcess = fork(join(import.meta.dirname, file), [...words]);
  await said(child);
  return {
    pid: child.pid ?? 0,
    async run() {
      child.send('begin');
      return Number(await said(child));
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill();
      await once(child, 'exit');
    },
  };
}

/** What a process says next. */
async function said(child: ChildProcess): Promise<unknown> {
  const ended = new AbortController();
  const { signal } = ended;
  try {
    return await Promise.race([
      once(child, 'message', { signal }).then(([word]) => word as unknown),
      once(child, 'exit', { signal }).then(([code]) => {
        throw new Error(`A process of the bench ended with ${code}.`);
      }),
    ]);
  } finally {
    ended.abort();
  }
}
