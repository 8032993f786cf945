import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SubjectRecord } from '../../src/core/event/subject.ts';
import { toMessage } from '../../src/core/message/message.ts';
import { openJournal } from '../../src/stores/journal/sqlite/open-journal.ts';
import { freePort, startBellhop } from './bellhop.ts';
import type { Row } from './run.ts';

const OWED = 100_000;
const MANY_OWED = 1_000_000;
const SUBJECTS = 1_000_000;
const CHANNELS = 40;
/** Milliseconds in which memory may grow before it is looked at. */
const WHILE = 10_000;
/** Ten times as much owed may take so many times the memory. */
const BUDGET = { ready: 3_000, growth: 1.25 } as const;

/** What it takes to start on a journal in which much is owed, and many subjects are known. */
export async function measureScale(): Promise<readonly Row[]> {
  const { port, folder } = await prepareFolder();
  try {
    await fill(folder, { owed: OWED, subjects: SUBJECTS });
    const some = await start({ port, folder });
    await fill(folder, { owed: MANY_OWED - OWED, subjects: 0 });
    const many = await start({ port, folder });
    const of = (owed: number) =>
      `with ${owed.toLocaleString('en')} posts owed and ${SUBJECTS.toLocaleString('en')} subjects`;
    return [
      {
        what: `start of the process to ready, ${of(OWED)}`,
        measured: `${(some.ready / 1000).toFixed(2)} s`,
        budget: `under ${BUDGET.ready / 1000} s`,
        met: some.ready < BUDGET.ready,
      },
      {
        what: `memory ${WHILE / 1000} s later, ${of(MANY_OWED)}`,
        measured: `${many.memory.toFixed(0)} MB = ${(many.memory / some.memory).toFixed(2)} × with ${OWED.toLocaleString('en')} (ready after ${(many.ready / 1000).toFixed(2)} s)`,
        budget: `at most ${BUDGET.growth} ×, for it is bounded`,
        met: many.memory <= some.memory * BUDGET.growth,
      },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A folder as a first start leaves it. */
async function prepareFolder() {
  const remains = { port: await freePort(), folder: await mkdtemp(join(tmpdir(), 'bellhop-bench-')) };
  const bellhop = await startBellhop({}, remains);
  return bellhop.kill();
}

async function start(remains: { readonly port: number; readonly folder: string }) {
  const bellhop = await startBellhop({}, remains);
  await sleep(WHILE);
  const measured = { ready: bellhop.readyAfter, memory: bellhop.memory() };
  await bellhop.kill();
  return measured;
}

/** Has the journal write one post and one subject itself, and copies their rows as often as asked. */
async function fill(folder: string, { owed, subjects }: { readonly owed: number; readonly subjects: number }) {
  const path = join(folder, 'journal.db');
  const journal = await openJournal({ path });
  const message = toMessage({ title: { text: 'The disk is nearly full' }, severity: 'warning' });
  const place = { platform: 'local', state: 'due', message, channel: 'scale', channelName: 'scale' } as const;
  const [known] = await journal.posts.owe([place, place]);
  const ref = { channel: 'scale', id: '1' };
  const key = { platform: 'local', channel: 'scale', endpointId: 'e1', subject: 'alert:0' };
  const subject = { key, record: toRecord(ref) };
  await journal.posts.settle(known?.id ?? '', { state: 'posted', attempts: 1, ref }, { subjects: [subject] });
  await journal.close();
  const database = new DatabaseSync(path);
  database.exec('pragma synchronous = off');
  const channel = `'scale-' || (number % ${CHANNELS})`;
  copy(database, { table: 'posts', times: owed, where: "state = 'due'", other: { channel, channel_name: channel } });
  copy(database, { table: 'subjects', times: subjects, where: 'true', other: { subject: "'alert:' || number" } });
  database.close();
}

interface Copies {
  readonly table: 'posts' | 'subjects';
  readonly times: number;
  /** Which row is the pattern: the newest of these. */
  readonly where: string;
  /** The columns that differ from the pattern's, as SQL over the copy's `number`. */
  readonly other: Readonly<Record<string, string>>;
}

function copy(database: DatabaseSync, { table, times, where, other }: Copies): void {
  const columns = database
    .prepare(`select name from pragma_table_info('${table}') where name <> 'id'`)
    .all()
    .map(({ name }) => String(name));
  database.exec(`insert into ${table} (${columns.join()})
    with recursive numbers (number) as (select 1 union all select number + 1 from numbers where number < ${times})
    select ${columns.map((column) => other[column] ?? column).join()}
    from numbers, (select * from ${table} where ${where} order by id desc limit 1) where ${times} > 0`);
}

function toRecord(ref: SubjectRecord['message']['ref']): SubjectRecord {
  const at = '2026-03-02T12:00:00.000Z';
  return {
    firstEventId: '1',
    eventId: '1',
    title: 'The disk is nearly full',
    state: 'firing',
    severity: 'warning',
    phase: 'open',
    beganAt: at,
    lastAt: at,
    gist: 'a gist of twenty chars',
    times: 1,
    countedFrom: at,
    turns: [],
    message: { ref, postedAt: at },
  };
}
