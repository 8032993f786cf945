import { EventEmitter } from 'node:events';
import { constants, copyFile, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Journal } from '../../src/core/event/journal.ts';
import { openConnection } from '../../src/stores/journal/sqlite/connection.js';
import { type JournalOptions, openJournal } from '../../src/stores/journal/sqlite/open-journal.ts';
import type { OpenOptions, Request } from '../../src/stores/journal/sqlite/protocol.ts';
import type { ThreadWorker } from '../../src/stores/journal/sqlite/thread.ts';

let empty: Promise<string> | undefined;

/** Opens a journal in this thread: a file that may be there already, or one in memory. */
export async function openHere({ path = ':memory:', ...options }: Partial<JournalOptions> = {}): Promise<Journal> {
  if (path !== ':memory:') {
    empty ??= makeEmpty();
    await copyFile(await empty, path, constants.COPYFILE_EXCL).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
  return openJournal({ path, start: startInThisThread, ...options });
}

/** A journal with all its tables, which take longer to make than to copy. */
async function makeEmpty(): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'bellhop-')), 'journal.db');
  await (await openJournal({ path, start: startInThisThread })).close();
  return path;
}

/**
 * The journal without threads of its own, for two of them take longer to start than most tests to run. The rest is as it
 * is with them: the same SQLite, each request copied on its way, and what comes together served together.
 */
function startInThisThread(_name: string, options: OpenOptions): ThreadWorker {
  const events = new EventEmitter();
  const waiting: Request[] = [];
  let serve: ReturnType<typeof openConnection>;
  let ended = false;
  setImmediate(() => {
    serve = openConnection(options, (answer) => events.emit('message', structuredClone(answer)));
    if (!serve) end();
  });

  function serveTogether(): void {
    const requests = waiting.splice(0);
    if (ended) return;
    serve?.(requests);
    if (requests.some(({ kind }) => kind === 'close')) end();
  }

  function end(): void {
    if (ended) return;
    ended = true;
    setImmediate(() => events.emit('exit', 0));
  }

  return Object.assign(events, {
    postMessage(request: Request, handedOver: readonly ArrayBuffer[]) {
      waiting.push(structuredClone(request, { transfer: [...handedOver] }));
      if (waiting.length === 1) setImmediate(serveTogether);
    },
    async terminate() {
      end();
    },
  });
}
