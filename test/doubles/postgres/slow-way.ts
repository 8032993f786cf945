import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A way to a database on which everything takes longer, as to one far away or under much load. */
export interface SlowWay {
  /** The same database by this way. */
  readonly url: string;
  /** By how many milliseconds each answer comes later from now on. */
  slowBy(milliseconds: number): void;
  close(): Promise<void>;
}

/** Stands between nodes and a database, and lets each answer through after a while, in order. */
export async function aSlowWay(url: string): Promise<SlowWay> {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  let delay = 0;

  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      // Whoever is at the other end hears it too.
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.pipe(far);
    let last = Promise.resolve();
    far.on('data', (chunk) => {
      const arrives = performance.now() + delay;
      last = last.then(async () => {
        await sleep(Math.max(0, arrives - performance.now()));
        if (!near.destroyed) near.write(chunk);
      });
    });
    far.on('end', () => void last.then(() => near.end()));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const slow = new URL(url);
  slow.port = String((server.address() as AddressInfo).port);
  return {
    url: slow.href,
    slowBy(next) {
      delay = next;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
