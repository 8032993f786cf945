import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
const CHUNK = 5_000;
/** Milliseconds in which memory may grow before it is looked at. */
const WHILE = 10_000;
const BUDGET = { ready: 3_000, memory: 250 } as const;

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
        measured: `${many.memory.toFixed(0)} MB (ready after ${(many.ready / 1000).toFixed(2)} s)`,
        budget: `under ${BUDGET.memory} MB`,
        met: many.memory < BUDGET.memory,
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

async function fill(folder: string, { owed, subjects }: { readonly owed: number; readonly subjects: number }) {
  const journal = await openJournal({ path: join(folder, 'journal.db') });
  const message = toMessage({ title: { text: 'The disk is nearly full' }, severity: 'warning' });
  const place = { platform: 'local', state: 'due', message } as const;
  for (let done = 0; done < owed; done += CHUNK)
    await journal.posts.owe(
      Array.from({ length: Math.min(CHUNK, owed - done) }, (_, index) => {
        const channel = `scale-${index % CHANNELS}`;
        return { ...place, channel, channelName: channel };
      }),
    );
  for (let done = 0; done < subjects; done += CHUNK) {
    const [post] = await journal.posts.owe([{ ...place, channel: 'scale', channelName: 'scale' }]);
    const ref = { channel: 'scale', id: '1' };
    const known = Array.from({ length: CHUNK }, (_, index) => ({
      key: { platform: 'local', channel: 'scale', endpointId: 'e1', subject: `alert:${done + index}` },
      record: toRecord(ref),
    }));
    await journal.posts.settle(post?.id ?? '', { state: 'posted', attempts: 1, ref }, { subjects: known });
  }
  await journal.close();
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
