import { sql } from 'kysely';
import type { Clock } from '../../core/clock.ts';
import type { Journal } from '../../core/event/journal.ts';
import { createAuditLog } from './audit.ts';
import type { Database } from './database.ts';
import { createEventStore } from './events.ts';
import { createMessageStore } from './messages.ts';
import { createPostStore } from './posts.ts';
import { prune } from './prune.ts';
import { createRefusalStore } from './refusals.ts';

const PULSE = 1;

const BALLAST = 16 * 1024;

/** The journal over a database whose tables are up to date. */
export function createJournal({
  database,
  clock,
}: {
  readonly database: Database;
  readonly clock: Pick<Clock, 'now'>;
}): Journal {
  const { queries, write } = database;
  return {
    events: createEventStore({ queries, write }),
    refusals: createRefusalStore({ queries, write }),
    posts: createPostStore({ queries, write, clock }),
    audit: createAuditLog({ queries, write }),
    messages: createMessageStore({ queries, write }),
    prune: (limits) => prune(database, limits),
    async ping() {
      // Writes enough to need a page, so that a full disk shows.
      const beat = sql`insert or replace into pulse (id, at, ballast) values (${PULSE}, ${clock.now().getTime()}, zeroblob(${BALLAST}))`;
      const rest = sql`delete from pulse`;
      await write(
        [beat, rest]
          .map((statement) => statement.compile(queries))
          .map(({ sql, parameters }) => ({ sql, parameters: parameters as readonly number[] })),
      );
    },
    close: () => database.close(),
  };
}
