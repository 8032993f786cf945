import { randomBytes } from 'node:crypto';
import { type Bellhop, startBellhop } from '../bench/bellhop.ts';
import { startPostgres } from '../doubles/postgres/start-postgres.ts';
import { startRoundRobin } from './round-robin.ts';

export type RunningCluster = Awaited<ReturnType<typeof startCluster>>;

export interface ClusterOptions {
  readonly nodes?: number;
  /** Settings of PostgreSQL, as in `postgresql.conf`; when absent it is quick, and loses what a crash of the machine undoes. */
  readonly settings?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** The port of the address at which all of them are reached; any free one when absent. */
  readonly port?: number;
}

/** A PostgreSQL, some nodes in processes of their own, and one address in front that passes each request to the next of them. */
export async function startCluster({ nodes: count = 3, settings, environment = {}, port = 0 }: ClusterOptions = {}) {
  const postgres = await startPostgres(settings);
  await postgres.run('create database bellhop');
  const databaseUrl = postgres.url('bellhop');
  const nodes: (Bellhop | undefined)[] = [];
  const front = await startRoundRobin(port, () => nodes.flatMap((node) => node?.url ?? []));
  const shared = {
    DATABASE_URL: databaseUrl,
    BELLHOP_KEY: randomBytes(32).toString('hex'),
    PUBLIC_URL: front.url,
    ...environment,
  };
  // The first makes the tables, and leads.
  nodes.push(await startBellhop(shared));
  nodes.push(...(await Promise.all(Array.from({ length: count - 1 }, () => startBellhop(shared)))));

  return {
    url: front.url,
    databaseUrl,
    environment: shared,
    postgres,
    /** Those that run. */
    get nodes() {
      return nodes.filter((node) => node !== undefined);
    },
    /** Kills one in the middle of whatever it does, and starts it again. */
    async restart(index: number): Promise<void> {
      const killed = nodes[index];
      nodes[index] = undefined;
      const remains = await killed?.kill();
      for (let node: Bellhop | undefined; !node; nodes[index] = node)
        // While the database is away, a node says so and ends.
        node = await startBellhop(shared, remains).catch(() => undefined);
    },
    /** A link that signs one browser in, on whichever node it gets to. */
    async signInLink(): Promise<string> {
      const response = await fetch(`${front.url}/api/v1/sign-in-links`, {
        method: 'POST',
        headers: { authorization: `Bearer ${nodes[0]?.token}` },
      });
      const { url } = (await response.json()) as { url: string };
      return `${front.url}${url}`;
    },
    async stop(): Promise<void> {
      await Promise.all(nodes.map((node) => node?.stop()));
      front.close();
      await postgres.stop();
      await postgres.remove();
    },
  };
}
