import type { Clock } from '../../core/clock.ts';
import type { Log } from '../../core/log.ts';
import type { Config } from '../config.ts';
import type { Nodes } from './nodes.ts';
import { oneNode } from './one-node.ts';
import { openCluster } from './open-cluster.ts';

/** Opens what this node shares with others, where a database is configured. `opened` closes it. Throws `AppError`. */
export async function openNodes(
  config: Pick<Config, 'DATABASE_URL'>,
  { log, clock, opened }: { readonly log: Log; readonly clock: Clock; readonly opened: AsyncDisposableStack },
): Promise<Nodes> {
  const cluster = await openCluster(config, { log, now: clock.now });
  if (!cluster) return oneNode(clock);
  opened.defer(cluster.close);
  // Only who needs it loads it.
  const { severalNodes } = await import('./several-nodes.ts');
  return severalNodes(cluster, clock);
}
