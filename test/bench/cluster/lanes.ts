import { setTimeout as sleep } from 'node:timers/promises';
import { type RunningCluster, startCluster } from '../../cluster/start-cluster.ts';
import { SYNCED } from '../postgres/synced.ts';
import type { Row } from '../run.ts';
import { deliverAlert } from './alerts.ts';
import { nodesOf, perSecond } from './figures.ts';
import { type MadeEndpoint, makeEndpoint } from './make-endpoint.ts';

const SIDES = [1, 3] as const;
const CHANNELS = 40;
const EVENTS = 50;
/** Channels that one endpoint has at most. */
const MOST_ROUTES = 20;

/** How many posts all lanes make, each of which is composed and committed. They go to the page, which takes more a second than any chat. */
export async function measureLanes(): Promise<readonly Row[]> {
  const rates = new Map<number, number>();
  for (const nodes of SIDES) rates.set(nodes, await postAll(nodes));
  return SIDES.map((nodes) => ({
    what: `posts to ${CHANNELS} channels of the page that the lanes of ${nodesOf(nodes)} make`,
    measured: `${perSecond(rates.get(nodes) ?? 0)}${nodes === 1 ? '' : ` = ${((rates.get(nodes) ?? 0) / (rates.get(1) ?? 0)).toFixed(2)} × one`}`,
  }));
}

async function postAll(count: number): Promise<number> {
  const cluster = await startCluster({ nodes: count, settings: SYNCED });
  try {
    const endpoints: MadeEndpoint[] = [];
    for (let channel = 0; channel < CHANNELS; channel++) {
      const last = endpoints.at(-1);
      if (channel % MOST_ROUTES === 0 || !last)
        endpoints.push(await makeEndpoint(cluster, `#lane-${channel}`, 'alertmanager'));
      else
        await cluster.nodes[0]?.call('/commands', {
          text: `/webhook route ${last.name} add #lane-${channel}`,
          channel: `lane-${channel}`,
        });
    }
    await postSome(cluster, endpoints, { from: 0, events: 5 });
    return await postSome(cluster, endpoints, { from: 5, events: EVENTS });
  } finally {
    await cluster.stop();
  }
}

/** Delivers some events to each endpoint, which go to all of its channels. Gives back how many are posted in a second. */
async function postSome(
  { postgres }: RunningCluster,
  endpoints: readonly MadeEndpoint[],
  { from, events }: { readonly from: number; readonly events: number },
): Promise<number> {
  const [last] = await postgres.run('select coalesce(max(id), 0)::int as id from bellhop.posts', 'bellhop');
  for (let index = from; index < from + events; index++)
    await Promise.all(endpoints.map((endpoint) => deliverAlert(endpoint, index)));
  for (;;) {
    const [posted] = await postgres.run(
      `select count(*) filter (where state = 'posted')::int as count, (max(settled_at) - min(created_at)) / 1000.0 as seconds
       from bellhop.posts where id > ${Number(last?.id)}`,
      'bellhop',
    );
    if (Number(posted?.count) >= events * CHANNELS) return (events * CHANNELS) / Number(posted?.seconds);
    await sleep(200);
  }
}
