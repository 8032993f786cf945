import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A way to a database on which a test can have all go wrong that may lie between a node and that. */
export interface Detour {
  /** The same database by this way. */
  readonly url: string;
  /** By how many milliseconds each answer comes later from now on. */
  slowBy(milliseconds: number): void;
  /** Has the database say something else of the same length from now on. */
  replace(said: string, by: string): void;
  close(): Promise<void>;
}

/** Stands between nodes and a database, and passes on what they say, in order. */
export async function aDetour(url: string): Promise<Detour> {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  let delay = 0;
  let change = (chunk: Buffer) => chunk;

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
        if (!near.destroyed) near.write(change(chunk));
      });
    });
    far.on('end', () => void last.then(() => near.end()));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const near = new URL(url);
  near.port = String((server.address() as AddressInfo).port);
  return {
    url: near.href,
    slowBy(next) {
      delay = next;
    },
    replace(said, by) {
      if (said.length !== by.length) throw new Error(`\`${by}\` is not as long as \`${said}\`.`);
      change = (chunk) => Buffer.from(chunk.toString('latin1').replaceAll(said, by), 'latin1');
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
