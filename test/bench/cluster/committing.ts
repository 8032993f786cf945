import { openJournal } from '../../../src/stores/journal/postgres/open-journal.ts';
import { startPostgres } from '../../doubles/postgres/start-postgres.ts';
import { BODY } from '../postgres/new-event.ts';
import { SYNCED } from '../postgres/synced.ts';
import type { Row } from '../run.ts';
import { median } from '../statistics.ts';
import { perSecond } from './figures.ts';
import { processorTime } from './processor-time.ts';
import { startWorkers, type Worker } from './workers.ts';

const SIDES = [1, 2, 3, 4] as const;
const AT_ONCE = 50;
const SECONDS = 4;
const ROUNDS = 3;

interface Kept {
  readonly rate: number;
  /** Microseconds of processor for each. */
  readonly workers: number;
  readonly database: number;
}

/** What the database takes from nodes that do nothing but commit: its own ceiling, and what one more node adds. */
export async function measureCommitting(): Promise<readonly Row[]> {
  const server = await startPostgres(SYNCED);
  try {
    await server.run('create database kept');
    await (await openJournal({ url: server.url('kept') })).close();
    const kept = new Map<number, Kept[]>(SIDES.map((count) => [count, []]));
    for (let round = 0; round < ROUNDS; round++)
      for (const count of SIDES) {
        const workers = await startWorkers('keeper.ts', count, [server.url('kept'), String(AT_ONCE), String(SECONDS)]);
        await keepAll(workers, server.pid);
        kept.get(count)?.push(await keepAll(workers, server.pid));
        for (const worker of workers) await worker.stop();
        await server.run('truncate bellhop.events cascade; truncate bellhop.undecided', 'kept');
      }
    return SIDES.map((count) => toRow(count, kept));
  } finally {
    await server.stop();
    await server.remove();
  }
}

function toRow(count: number, kept: ReadonlyMap<number, readonly Kept[]>): Row {
  const middle = (of: number, what: (each: Kept) => number) => median((kept.get(of) ?? []).map(what));
  const rate = middle(count, (each) => each.rate);
  const beside = count === 1 ? '' : ` = ${(rate / middle(1, (each) => each.rate)).toFixed(2)} × one`;
  return {
    what: `deliveries of ${(BODY.length / 1024).toFixed(0)} KB that ${count === 1 ? 'one process only commits' : `${count} processes only commit`} to PostgreSQL, ${AT_ONCE} at once in each`,
    measured: `${perSecond(rate)}${beside}; for each ${Math.round(middle(count, (each) => each.workers))} µs of processor in the processes, ${Math.round(middle(count, (each) => each.database))} µs in PostgreSQL`,
  };
}

async function keepAll(workers: readonly Worker[], database: number): Promise<Kept> {
  const look = async () => {
    const own = await Promise.all(workers.map(({ pid }) => processorTime(pid)));
    const sum = own.reduce<number>((all, each) => all + (each ?? Number.NaN), 0);
    return { workers: sum, database: (await processorTime(database)) ?? Number.NaN };
  };
  const before = await look();
  const counts = await Promise.all(workers.map((worker) => worker.run()));
  const after = await look();
  const all = counts.reduce((sum, each) => sum + each, 0);
  return {
    rate: all / SECONDS,
    workers: ((after.workers - before.workers) / all) * 1_000,
    database: ((after.database - before.database) / all) * 1_000,
  };
}
