import { openCluster } from '../../../src/stores/cluster/open-cluster.ts';
import { BOT_TOKEN } from '../../doubles/slack/double.ts';
import { silentLog } from '../../silent-log.ts';

// A node that does nothing but take lanes from the queue, and post once in each.
const [url = '', apiUrl = ''] = process.argv.slice(2);
const cluster = await openCluster({ url, log: silentLog });
cluster.jobs.onLane(async ({ channel }) => {
  const response = await fetch(`${apiUrl}chat.postMessage`, {
    method: 'POST',
    headers: { authorization: `Bearer ${BOT_TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify({ channel: 'C0OPS', text: channel }),
  });
  await response.arrayBuffer();
});
await cluster.join({
  begin: () => undefined,
  lead: () => undefined,
  resign: async () => undefined,
  letGo: async () => undefined,
  tend: async () => undefined,
});
process.on('SIGTERM', () => process.exit());
process.send?.('ready');
