import { sql } from 'kysely';
import type { Journal } from '../../../core/event/journal.ts';
import type { Database } from '../database.ts';
import { toStatement } from '../statement.ts';
import { findOldEvents, removeEvents } from './old-events.ts';
import { type OldRow, toPortions } from './portions.ts';

/** Rows that are looked up at once. */
const PAGE = 500;
/** Bytes that an event takes beside its body, or rather more: what is thought to be freed is measured again. */
const BESIDE = 2048;

/** Removes what is old, a little at a time so that deliveries get in between. What is undecided or owed stays. */
export async function prune(
  database: Database,
  { before, maxBytes }: Parameters<Journal['prune']>[0],
): Promise<number> {
  const { queries, writeAside, size, reclaim } = database;
  const moment = before.getTime();

  let gone = 0;
  for await (const page of findOldEvents(database, { before: moment })) {
    for (const portion of toPortions(page)) gone += await removeEvents(database, portion);
    await giveBack();
  }
  await removeRows(oldNotices);
  await removeRows(oldSubjects);
  await removeRows(oldHandlings);
  await removeRows(oldRollUps);
  await removeRows(oldRefusals);
  await removeRows(oldMessages);
  await removeEmptyChannels();
  if (maxBytes !== undefined) gone += await shrink(maxBytes);
  await giveBack();
  return gone;

  async function shrink(most: number): Promise<number> {
    let removed = 0;
    let excess = 0;
    for await (const page of findOldEvents(database)) {
      for (const portion of toPortions(page)) {
        if (excess <= 0) excess = (await size()) - most;
        if (excess <= 0) return removed;
        removed += await removeEvents(database, portion);
        for (const { bytes } of portion) excess -= bytes + BESIDE;
      }
      await giveBack();
    }
    return removed;
  }

  async function removeRows({ find, remove }: OldRows): Promise<void> {
    for (;;) {
      const page = await find(queries, moment).execute();
      if (page.length === 0) return;
      for (const portion of toPortions(page)) {
        const ids = portion.map(({ id }) => id);
        await writeAside([toStatement(remove(queries, ids, moment))]);
      }
      await giveBack();
    }
  }

  async function removeEmptyChannels(): Promise<void> {
    const messages = queries
      .selectFrom('local_messages')
      .select('channel')
      .whereRef('local_messages.channel', '=', sql.ref('local_channels.channel'));
    const known = queries.selectFrom('local_channels').select('channel');
    await writeAside([
      toStatement(queries.deleteFrom('local_channels').where(({ exists, not }) => not(exists(messages)))),
      toStatement(queries.deleteFrom('read_marks').where('channel', '!=', '').where('channel', 'not in', known)),
    ]);
  }

  async function giveBack(): Promise<void> {
    while (await reclaim());
  }
}

type Queries = Database['queries'];

interface OldRows {
  find(queries: Queries, before: number): { execute(): Promise<readonly OldRow[]> };
  remove(queries: Queries, ids: readonly number[], before: number): Parameters<typeof toStatement>[0];
}

/** A digest stays as long as something that its mute held: it says that this is no longer owed. */
const oldNotices: OldRows = {
  find: (queries, before) =>
    queries
      .selectFrom('posts')
      .select(['id', sql<number>`coalesce(octet_length(message_json), 0)`.as('bytes')])
      .where('event_id', 'is', null)
      .where('created_at', '<', before)
      .where('state', '!=', 'due')
      .where(({ exists, not, selectFrom }) =>
        not(
          exists(
            selectFrom('posts as held')
              .select('held.id')
              .whereRef('held.mute_id', '=', 'posts.mute_id')
              .where('held.state', '=', 'held'),
          ),
        ),
      )
      .orderBy('created_at')
      .limit(PAGE),
  // A person may have tried it again since.
  remove: (queries, ids) => queries.deleteFrom('posts').where('id', 'in', ids).where('state', '!=', 'due'),
};

const oldRefusals: OldRows = {
  find: (queries, before) =>
    queries
      .selectFrom('refusals')
      .select(['id', sql<number>`octet_length(body)`.as('bytes')])
      .where('at', '<', before)
      .limit(PAGE),
  remove: (queries, ids) => queries.deleteFrom('refusals').where('id', 'in', ids),
};

/** Subjects of which no event has arrived since. */
const oldSubjects: OldRows = {
  find: (queries, before) =>
    queries
      .selectFrom('subjects')
      .select(['id', sql<number>`octet_length(record_json)`.as('bytes')])
      .where('noted_at', '<', before)
      .orderBy('noted_at')
      .limit(PAGE),
  // An event of it may have arrived since it was found.
  remove: (queries, ids, before) =>
    queries.deleteFrom('subjects').where('id', 'in', ids).where('noted_at', '<', before),
};

const oldHandlings: OldRows = {
  find: (queries, before) =>
    queries
      .selectFrom('handlings')
      .select(['id', sql<number>`octet_length(record_json)`.as('bytes')])
      .where('noted_at', '<', before)
      .orderBy('noted_at')
      .limit(PAGE),
  remove: (queries, ids, before) =>
    queries.deleteFrom('handlings').where('id', 'in', ids).where('noted_at', '<', before),
};

const oldRollUps: OldRows = {
  find: (queries, before) =>
    queries
      .selectFrom('roll_ups')
      .select(['id', sql<number>`octet_length(record_json)`.as('bytes')])
      .where('noted_at', '<', before)
      .orderBy('noted_at')
      .limit(PAGE),
  remove: (queries, ids, before) =>
    queries.deleteFrom('roll_ups').where('id', 'in', ids).where('noted_at', '<', before),
};

const oldMessages: OldRows = {
  find: (queries, before) =>
    queries
      .selectFrom('local_messages')
      .select(['id', sql<number>`octet_length(message_json)`.as('bytes')])
      .where('posted_at', '<', before)
      .orderBy('posted_at')
      .limit(PAGE),
  remove: (queries, ids) => queries.deleteFrom('local_messages').where('id', 'in', ids),
};
