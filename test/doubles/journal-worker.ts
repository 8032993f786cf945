import { EventEmitter } from 'node:events';
import { openConnection } from '../../src/stores/journal/sqlite/connection.js';
import type { OpenOptions, Request } from '../../src/stores/journal/sqlite/protocol.ts';
import type { ThreadWorker } from '../../src/stores/journal/sqlite/thread.ts';

/**
 * The journal without threads of its own, for two of them take longer to start than most tests to run. The rest is as it
 * is with them: the same SQLite, each request copied on its way, and what comes together served together.
 */
export function startInThisThread(_name: string, options: OpenOptions): ThreadWorker {
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
