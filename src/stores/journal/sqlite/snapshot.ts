import { existsSync } from 'node:fs';
import { backup, DatabaseSync } from 'node:sqlite';
import { toError } from './failure.ts';

/** All pages are copied in one step, so that what is written meanwhile does not have it begin anew. */
const ALL_PAGES = 2 ** 31 - 1;

/**
 * How many numbers are left out after a backup. The Bellhop that went on after it gave numbers away, which stand in chats
 * and name posts there: none of them may come to mean another thing.
 */
const GAP = 100_000;
const NUMBERED = ['events', 'posts'] as const;

const PERHAPS_POSTED = `update undecided set perhaps_posted_since =
  (select received_at from events where events.id = undecided.event_id)`;

/** Copies a journal as it is at one moment, also while it is written to. Whether there was one. Throws `AppError`. */
export async function copyJournal(path: string, to: string): Promise<boolean> {
  if (!existsSync(path)) return false;
  await trying(path, async () => {
    using database = new DatabaseSync(path, { readOnly: true, timeout: 5_000 });
    await backup(database, to, { rate: ALL_PAGES });
  });
  return true;
}

/**
 * Makes a copied journal one that can go on. What was owed when it was copied, or not decided yet, may have been posted since:
 * it is looked for in the chat first, as after a crash. Throws `AppError` when the copy is damaged.
 */
export async function reviveJournal(path: string): Promise<void> {
  await trying(path, async () => {
    using database = new DatabaseSync(path);
    const found = database.prepare('pragma quick_check(1)').get()?.quick_check;
    if (found !== 'ok') throw Object.assign(new Error(String(found)), { errcode: 11 });
    database.exec('begin immediate');
    database.exec(
      "update posts set first_attempt_at = coalesce(first_attempt_at, created_at) where state in ('due', 'held')",
    );
    // Older versions did not name posts so that those of an event that is decided again can be looked for.
    if (database.prepare("select 1 from pragma_table_info('undecided') where name = 'perhaps_posted_since'").get())
      database.exec(PERHAPS_POSTED);
    const leave = database.prepare('update sqlite_sequence set seq = seq + ? where name = ?');
    for (const table of NUMBERED) leave.run(GAP, table);
    database.exec('commit');
  });
}

async function trying(path: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) : undefined;
    if (code === undefined) throw error;
    throw toError({ code, message: (error as Error).message }, path);
  }
}
