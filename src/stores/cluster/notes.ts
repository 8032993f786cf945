import type { Notes } from '../../core/cluster.ts';
import type { Log } from '../../core/log.ts';
import type { ByteSealer } from '../shared/byte-sealer.ts';
import type { Queries } from '../shared/postgres/connect.ts';

/** Notes in the database, sealed, for they may hold a secret that nobody has saved. */
export function createNotes({
  database,
  sealer,
  log,
}: {
  readonly database: Queries;
  readonly sealer: ByteSealer;
  readonly log: Log;
}): Notes {
  return {
    keep(name, text, milliseconds) {
      database
        .query(
          `insert into bellhop_cluster.notes (name, sealed, until) values ($1, $2, now() + $3 * interval '1 millisecond')
           on conflict (name) do update set sealed = excluded.sealed, until = excluded.until`,
          [name, sealer.seal(Buffer.from(text), name), milliseconds],
        )
        .catch((error: unknown) => log.warn({ err: error }, 'other nodes will not know what a button is for'));
    },
    async read(name) {
      const { rows } = await database.query<{ sealed: Buffer }>(
        'select sealed from bellhop_cluster.notes where name = $1 and until > now()',
        [name],
      );
      return rows[0] && sealer.open(rows[0].sealed, name)?.toString();
    },
  };
}
