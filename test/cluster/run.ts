import { parseArgs } from 'node:util';
import { freePort } from '../bench/bellhop.ts';
import { startCluster } from './start-cluster.ts';

// A PostgreSQL, three nodes, and one address in front of them, to try by hand.
const { values } = parseArgs({
  options: { nodes: { type: 'string', default: '3' }, port: { type: 'string', default: '3000' } },
});
const cluster = await startCluster({
  nodes: Number(values.nodes),
  port: Number(values.port) || (await freePort()),
});
console.log(`All nodes:   ${cluster.url}`);
for (const [index, node] of cluster.nodes.entries()) console.log(`Node ${index + 1}:      ${node.url}`);
console.log(`Database:    port ${cluster.postgres.port} on this machine`);
console.log(`Sign in:     ${await cluster.signInLink()}`);
console.log('Ctrl-C ends all of it, and keeps nothing.');
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    void cluster.stop().then(() => process.exit());
  });
