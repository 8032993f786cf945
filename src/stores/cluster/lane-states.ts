import type { LaneStates } from '../../core/cluster.ts';
import type { Queries } from '../shared/postgres/connect.ts';

/**
 * Budgets and closed channels in the database, measured by its clock. A budget is the moment at which all that was taken from
 * it is paid off; what `burst` allows may be owed.
 */
export function createLaneStates(database: Queries): LaneStates {
  return {
    async take(budget, { perSecond, burst }) {
      const { rows } = await database.query<{ wait: number }>(
        `insert into bellhop_cluster.budgets as known (name, free_at)
         values ($1, clock_timestamp() + $2 * interval '1 second')
         on conflict (name) do update
           set free_at = greatest(known.free_at, clock_timestamp()) + $2 * interval '1 second'
         returning (extract(epoch from free_at - clock_timestamp()) * 1000)::float8 as wait`,
        [budget, 1 / perSecond],
      );
      return Math.max(0, Math.ceil((rows[0]?.wait ?? 0) - (burst * 1000) / perSecond));
    },
    async giveBack(budget, { perSecond }) {
      await database.query(
        `update bellhop_cluster.budgets set free_at = free_at - $2 * interval '1 second' where name = $1`,
        [budget, 1 / perSecond],
      );
    },
    async closing({ platform, channel }) {
      const { rows } = await database.query<{ reason: string; left: number }>(
        `select reason, (extract(epoch from until - now()) * 1000)::float8 as left
         from bellhop_cluster.closings where platform = $1 and channel = $2 and until > now()`,
        [platform, channel],
      );
      return rows[0];
    },
    async close({ platform, channel }, { reason, left }) {
      await database.query(
        `insert into bellhop_cluster.closings (platform, channel, reason, until)
         values ($1, $2, $3, now() + $4 * interval '1 millisecond')
         on conflict (platform, channel) do update set reason = excluded.reason, until = excluded.until`,
        [platform, channel, reason, left],
      );
    },
    async open({ platform, channel }) {
      await database.query('delete from bellhop_cluster.closings where platform = $1 and channel = $2', [
        platform,
        channel,
      ]);
    },
  };
}
