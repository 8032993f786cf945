import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Journal } from '../../src/core/event/journal.ts';
import { openJournal as openSharedJournal } from '../../src/stores/journal/postgres/open-journal.ts';
import { openJournal } from '../../src/stores/journal/sqlite/open-journal.ts';
import { type Bellhop, startBellhop } from '../bench/bellhop.ts';
import { startCluster } from '../cluster/start-cluster.ts';

/** What is killed again and again. */
export interface Victim {
  connected(...platforms: readonly string[]): Promise<void>;
  /** Makes an endpoint. */
  endpoint(channel: string, provider: string): ReturnType<Bellhop['endpoint']>;
  /** How much is neither decided nor posted yet. */
  owed(): Promise<number>;
  /** Kills it, or a part of it, and starts that again. */
  kill(): Promise<void>;
  /** Ends it, and opens what it leaves. */
  end(): Promise<Journal>;
  stop(): Promise<void>;
}

/** Bellhop on one machine. */
export async function oneNode(environment: Readonly<Record<string, string>>): Promise<Victim> {
  let bellhop = await startBellhop(environment);
  return {
    connected: (...platforms) => bellhop.connected(...platforms),
    endpoint: (channel, provider) => bellhop.endpoint(channel, provider),
    owed: () => bellhop.owed(),
    async kill() {
      bellhop = await startBellhop(environment, await bellhop.kill());
    },
    async end() {
      const { folder } = await bellhop.kill();
      return openJournal({ path: join(folder, 'journal.db') });
    },
    async stop() {
      const { folder } = await bellhop.kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Three nodes on one database, of which one is killed each time, and once the database is restarted. */
export async function aCluster(
  environment: Readonly<Record<string, string>>,
  { restartAt }: { readonly restartAt: number },
): Promise<Victim> {
  const cluster = await startCluster({ environment });
  let kills = 0;
  return {
    async connected(...platforms) {
      for (const node of cluster.nodes) await node.connected(...platforms);
    },
    async endpoint(channel, provider) {
      const [node] = cluster.nodes;
      if (!node) throw new Error('No node runs.');
      return node.endpoint(channel, provider);
    },
    async owed() {
      return (await cluster.nodes[0]?.owed().catch(() => undefined)) ?? Number.NaN;
    },
    async kill() {
      kills++;
      if (kills === restartAt) {
        await cluster.postgres.stop();
        await cluster.postgres.start();
      }
      await cluster.restart(Math.floor(Math.random() * cluster.nodes.length));
    },
    end: () => openSharedJournal({ url: cluster.databaseUrl }),
    stop: () => cluster.stop(),
  };
}
