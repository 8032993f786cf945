import type { Clock } from '../../core/clock.ts';
import type { Journal } from '../../core/event/journal.ts';
import type { ByteSealer } from '../shared/byte-sealer.ts';
import { createAuditLog } from './audit.ts';
import type { Database } from './database.ts';
import { createEventStore } from './events.ts';
import { createHandlingStore } from './following/handlings.ts';
import { createReadMarkStore } from './following/read-marks.ts';
import { createResponseStore } from './following/responses.ts';
import { createRollUpStore } from './following/roll-ups.ts';
import { createSilenceStore } from './following/silences.ts';
import { createSubjectStore } from './following/subjects.ts';
import { createMessageStore } from './messages.ts';
import { createPostStore } from './posts.ts';
import { prune } from './pruning/prune.ts';
import { createHeldStore } from './refusals/held.ts';
import { createProofStore } from './refusals/proofs.ts';
import { createRefusalStore } from './refusals/refusals.ts';
import { createBodyIndex } from './searching/bodies.ts';

/** The journal over a database whose tables are up to date. */
export function createJournal({
  database,
  clock,
  sealer,
}: {
  readonly database: Database;
  readonly clock: Pick<Clock, 'now'>;
  /** Seals the proofs of refused deliveries, and held ones; none are kept without it. */
  readonly sealer?: ByteSealer;
}): Journal {
  const sealing = { ...database, clock, ...(sealer && { sealer }) };
  const proofs = createProofStore(sealing);
  const held = createHeldStore(sealing);
  return {
    events: createEventStore(database),
    bodies: createBodyIndex(database),
    refusals: createRefusalStore({ ...database, proofs }),
    held,
    posts: createPostStore({ database, clock }),
    subjects: createSubjectStore(database),
    handlings: createHandlingStore(database),
    rollUps: createRollUpStore({ database, now: () => clock.now() }),
    silences: createSilenceStore(database),
    responses: createResponseStore(database),
    audit: createAuditLog(database),
    messages: createMessageStore(database),
    readMarks: createReadMarkStore(database),
    async prune(limits) {
      await proofs.forgetOld();
      await held.forgetOld();
      return prune(database, limits);
    },
    ping: () => database.ping(clock.now()),
    close: () => database.close(),
  };
}
