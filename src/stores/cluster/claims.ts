import type { Claims } from '../../core/cluster.ts';
import type { Queries } from '../shared/postgres/connect.ts';

/** Claims in the database, whose clock alone counts. */
export function createClaims(database: Queries): Claims {
  return {
    async first(name, milliseconds) {
      const { rows } = await database.query(
        `insert into bellhop_cluster.claims as known (name, until)
         values ($1, now() + $2 * interval '1 millisecond')
         on conflict (name) do update set until = excluded.until where known.until < now()
         returning name`,
        [name, milliseconds],
      );
      return rows.length > 0;
    },
    async take(name) {
      const { rows } = await database.query<{ stood: boolean }>(
        'delete from bellhop_cluster.claims where name = $1 returning until > now() as stood',
        [name],
      );
      return rows[0]?.stood ?? false;
    },
  };
}
