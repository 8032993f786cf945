import type { Clock } from '../../core/clock.ts';
import type { Journal } from '../../core/event/journal.ts';
import { createAuditLog } from './audit.ts';
import type { Database } from './database.ts';
import { createEventStore } from './events.ts';
import { createMessageStore } from './messages.ts';
import { createPostStore } from './posts.ts';
import { prune } from './prune.ts';
import { createRefusalStore } from './refusals.ts';
import { createSubjectStore } from './subjects.ts';

/** The journal over a database whose tables are up to date. */
export function createJournal({
  database,
  clock,
}: {
  readonly database: Database;
  readonly clock: Pick<Clock, 'now'>;
}): Journal {
  return {
    events: createEventStore(database),
    refusals: createRefusalStore(database),
    posts: createPostStore({ database, clock }),
    subjects: createSubjectStore(database),
    audit: createAuditLog(database),
    messages: createMessageStore(database),
    prune: (limits) => prune(database, limits),
    ping: () => database.ping(clock.now()),
    close: () => database.close(),
  };
}
