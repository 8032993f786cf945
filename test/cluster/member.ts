import { openCluster } from '../../src/stores/cluster/open-cluster.ts';
import { silentLog } from '../silent-log.ts';

// A node that does nothing but belong to the others. It says what it is, and leaves when it is told to end.
const cluster = await openCluster({ url: process.argv[2] ?? '', log: silentLog });
const say = (word: string): void => void process.stdout.write(`${word}\n`);
cluster.jobs.onLane(async ({ channel }) => {
  say(`runs ${channel}`);
  // Until the process ends.
  await new Promise(() => undefined);
});
await cluster.join({
  begin: () => say('joined'),
  lead: () => say('leads'),
  async resign() {
    say('resigned');
  },
  letGo: async () => undefined,
  tend: async () => undefined,
});
process.on('SIGTERM', () => {
  void cluster.resign().then(() => process.exit());
});
process.on('message', (channel: string) => void cluster.jobs.add([{ platform: 'local', channel }]));
