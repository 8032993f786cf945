import { setTimeout as sleep } from 'node:timers/promises';
import { openCluster } from '../../../src/stores/cluster/open-cluster.ts';
import { startPostgres } from '../../doubles/postgres/start-postgres.ts';
import { startSlack } from '../../doubles/slack/double.ts';
import { silentLog } from '../../silent-log.ts';
import { SYNCED } from '../postgres/synced.ts';
import type { Row } from '../run.ts';
import { nodesOf, perSecond } from './figures.ts';
import { startWorkers } from './workers.ts';

const SIDES = [1, 2, 3] as const;
const LANES = 2_000;

/** How many lanes a second graphile-worker hands out, each of which posts once to a chat that limits nothing. */
export async function measureQueue(): Promise<readonly Row[]> {
  const [server, slack] = [await startPostgres(SYNCED), await startSlack()];
  try {
    const rows: Row[] = [];
    for (const nodes of SIDES) {
      await server.run(`create database queue_${nodes}`);
      const rate = await runAll(server.url(`queue_${nodes}`), { nodes, slack });
      rows.push({
        what: `lanes that the queue hands to ${nodesOf(nodes)}, with one post in each`,
        measured: perSecond(rate),
      });
    }
    return rows;
  } finally {
    await slack.stop();
    await server.stop();
    await server.remove();
  }
}

async function runAll(
  url: string,
  { nodes, slack }: { readonly nodes: number; readonly slack: Awaited<ReturnType<typeof startSlack>> },
): Promise<number> {
  const workers = await startWorkers('lane-runner.ts', nodes, [url, slack.apiUrl]);
  const cluster = await openCluster({ url, log: silentLog });
  try {
    const run = async (name: string, count: number) => {
      const before = slack.calls('chat.postMessage').length;
      const begun = performance.now();
      await cluster.jobs.add(
        Array.from({ length: count }, (_, index) => ({ platform: 'slack', channel: `${name}-${index}` })),
      );
      while (slack.calls('chat.postMessage').length < before + count) await sleep(5);
      return count / ((performance.now() - begun) / 1_000);
    };
    await run('warm', LANES / 10);
    return await run('lane', LANES);
  } finally {
    await cluster.close();
    for (const worker of workers) await worker.stop();
  }
}
