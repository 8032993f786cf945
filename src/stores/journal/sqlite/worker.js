// @ts-check
// Plain JavaScript, with its types in comments: to strip types, a thread loads the compiler again, and that costs 16 MB.
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { openConnection } from './connection.js';

/** @import { Answer, Request } from './protocol.ts' */

/** Requests that share a commit at most. */
const TOGETHER = 100;

if (!parentPort) throw new Error('The journal’s threads are started by `openThread` only.');
const port = parentPort;
const serve = openConnection(workerData, answer);
if (serve) {
  port.on('message', (request) => {
    const requests = withOthers(request);
    serve(requests);
    if (requests.some(({ kind }) => kind === 'close')) port.close();
  });
  // What this thread needed to start is garbage now, and a tenth of what it holds.
  globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}

/**
 * Whatever else has come in the meantime, so that all of it shares one commit.
 *
 * @param {Request} first
 */
function withOthers(first) {
  const requests = [first];
  while (requests.length < TOGETHER) {
    /** @type {{ readonly message: Request } | undefined} */
    const next = receiveMessageOnPort(port);
    if (!next) break;
    requests.push(next.message);
  }
  return requests;
}

/** @param {Answer} message */
function answer(message) {
  port.postMessage(message);
}
