import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningCluster } from '../../cluster/start-cluster.ts';

interface Known {
  readonly endpoints: readonly { readonly id: string; readonly name: string }[];
}

export type MadeEndpoint = Awaited<ReturnType<typeof makeEndpoint>>;

/** Makes an endpoint, and waits until every node knows it. */
export async function makeEndpoint({ nodes }: RunningCluster, channel: string, provider = 'github') {
  const [first] = nodes;
  if (!first) throw new Error('No node runs.');
  const { name, url, secret } = await first.endpoint(channel, provider);
  let found: Known['endpoints'][number] | undefined;
  for (const node of nodes) {
    const find = async () => (await node.call<Known>('/endpoints')).endpoints.find((known) => known.name === name);
    for (found = await find(); !found; found = await find()) await sleep(10);
  }
  return { id: found?.id ?? '', name, url, secret, path: new URL(url).pathname };
}
