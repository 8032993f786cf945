import type { Log } from '../../core/log.ts';
import type { OpenCluster } from '../../stores/cluster/open-cluster.ts';
import type { Config } from '../config.ts';

/** Opens what nodes share, where a database is configured. Throws `AppError`. */
export async function openCluster(
  { DATABASE_URL: url }: Pick<Config, 'DATABASE_URL'>,
  options: { readonly log: Log; readonly now?: () => Date },
): Promise<OpenCluster | undefined> {
  if (url === undefined) return undefined;
  // Only who needs them loads them.
  const [cluster, { migrations }] = await Promise.all([
    import('../../stores/cluster/open-cluster.ts'),
    import('../../stores/journal/postgres/migrations.ts'),
  ]);
  return cluster.openCluster({ url, journalVersion: migrations.length, ...options });
}
