import { setTimeout as sleep } from 'node:timers/promises';
import type { EventQuery } from '../../../src/core/event/event.ts';
import type { Journal } from '../../../src/core/event/journal.ts';
import { openJournal } from '../../../src/stores/journal/postgres/open-journal.ts';
import { startPostgres } from '../../doubles/postgres/start-postgres.ts';
import type { Row } from '../run.ts';
import { median, percentile } from '../statistics.ts';
import { fillDatabase } from './fill-database.ts';
import { aNewEvent, BODY } from './new-event.ts';
import { SYNCED } from './synced.ts';

const EVENTS = Number(process.env.EVENTS ?? 1_000_000);
const REMOVED = EVENTS / 10;
/** Deliveries that are under way at once. */
const AT_ONCE = 50;
const SECONDS = 4;
const ROUNDS = 3;
const LOOKS = 60;
/** Deliveries a second while events are removed. */
const RATE = 100;
const BUDGET = { look: 20, ingest: 0.85, slowest: 250 } as const;

const PAGES: Readonly<Record<string, Partial<EventQuery>>> = {
  everything: {},
  'an endpoint': { endpointId: 'endpoint-7' },
  'a state of an endpoint': { endpointId: 'endpoint-7', state: 'failed' },
  'a source': { source: 'acme/repository-77' },
  'a type': { type: 'push' },
  'what is critical': { severity: 'critical' },
  'two endpoints of many': { endpointIds: ['endpoint-7', 'endpoint-8'] },
};

const SEARCHES: Readonly<Record<string, Partial<EventQuery>>> = {
  'a word of every event': { q: 'acme' },
  'the beginning of many words': { q: 'w1' },
  'a word of one event in 2,000': { q: 'w777x' },
  'a name with a slash': { q: 'acme/repository-77' },
  'two words, of which every event has one': { q: 'w777x octocat' },
  'two words that never stand together': { q: 'w1x release' },
  'a delivery': { q: 'delivery-654321' },
  'a word of no event': { q: 'nothing-like-it' },
  'a word, of an endpoint': { q: 'w77x', endpointId: 'endpoint-7' },
};

/** A journal in PostgreSQL that holds a million events, beside an empty one. */
export async function measurePostgres(): Promise<readonly Row[]> {
  const server = await startPostgres(SYNCED);
  try {
    for (const name of ['empty', 'large']) await server.run(`create database ${name}`);
    const [empty, large] = [
      await openJournal({ url: server.url('empty') }),
      await openJournal({ url: server.url('large') }),
    ];
    await fillDatabase((sql) => server.run(`set search_path to bellhop; ${sql}`, 'large'), {
      events: EVENTS,
      old: REMOVED,
    });
    const rows = [
      ...(await measureLooks({ empty, large }, 'history', PAGES)),
      ...(await measureLooks({ empty, large }, 'search', SEARCHES)),
      await measureCounting({ empty, large }),
      await measureKeeping({ empty, large }),
      await measureRemoving(large),
    ];
    await Promise.all([empty.close(), large.close()]);
    return rows;
  } finally {
    await server.stop();
    await server.remove();
  }
}

interface Journals {
  readonly empty: Journal;
  readonly large: Journal;
}

async function measureLooks({ empty, large }: Journals, what: string, queries: typeof PAGES): Promise<readonly Row[]> {
  const of = `${what} in ${EVENTS.toLocaleString('en')} events in PostgreSQL`;
  const rows: Row[] = [];
  for (const [name, query] of Object.entries(queries)) {
    const times: number[] = [];
    const floor: number[] = [];
    for (let round = 0; round < LOOKS; round++) {
      // People read the newest, and page back from there.
      const before = round % 2 ? String(Math.floor(EVENTS * (0.2 + (0.8 * round) / LOOKS))) : undefined;
      times.push(await timeOf(() => large.events.list({ ...query, ...(before && { before }), limit: 50 })));
      floor.push(await timeOf(() => empty.events.list({ ...query, ...(before && { before }), limit: 50 })));
    }
    const slowest = percentile(times, 0.99);
    rows.push({
      what: `${of}: ${name}`,
      measured: `${toShares(times)} (an empty journal: ${toShares(floor)})`,
      budget: `p99 under ${BUDGET.look} ms`,
      met: slowest < BUDGET.look,
    });
  }
  return rows;
}

/** What a scrape of `/metrics` asks. */
async function measureCounting({ empty, large }: Journals): Promise<Row> {
  const times: number[] = [];
  const floor: number[] = [];
  for (let round = 0; round < LOOKS; round++) {
    times.push(await timeOf(() => large.posts.count()));
    floor.push(await timeOf(() => empty.posts.count()));
  }
  return {
    what: `${EVENTS.toLocaleString('en')} posts in PostgreSQL counted by state`,
    measured: `${toShares(times)} (an empty journal: ${toShares(floor)})`,
    budget: `p99 under ${BUDGET.look} ms`,
    met: percentile(times, 0.99) < BUDGET.look,
  };
}

async function measureKeeping({ empty, large }: Journals): Promise<Row> {
  const rates = { empty: [] as number[], large: [] as number[] };
  await keepFor(empty, 1);
  await keepFor(large, 1);
  for (let round = 0; round < ROUNDS; round++) {
    rates.empty.push(await keepFor(empty, SECONDS));
    rates.large.push(await keepFor(large, SECONDS));
  }
  const [few, many] = [median(rates.empty), median(rates.large)];
  return {
    what: `deliveries of ${(BODY.length / 1024).toFixed(0)} KB kept in PostgreSQL, ${AT_ONCE} at once, beside ${EVENTS.toLocaleString('en')} events`,
    measured: `${many.toFixed(0)}/s = ${(many / few).toFixed(2)} × an empty journal`,
    budget: `at least ${BUDGET.ingest} ×`,
    met: many >= few * BUDGET.ingest,
  };
}

/** How many deliveries a second are kept. */
async function keepFor(journal: Journal, seconds: number): Promise<number> {
  const until = performance.now() + seconds * 1000;
  let kept = 0;
  const keepOn = async () => {
    while (performance.now() < until) {
      await journal.events.keep(aNewEvent());
      kept++;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, keepOn));
  return kept / seconds;
}

async function measureRemoving(journal: Journal): Promise<Row> {
  const quiet = await keepWhile(journal, sleep(SECONDS * 1000));
  const begun = performance.now();
  const removing = journal.prune({ before: new Date('2021-01-01') });
  const times = await keepWhile(journal, removing);
  const seconds = (performance.now() - begun) / 1000;
  const slowest = Math.max(...times);
  return {
    what: `the slowest delivery of ${RATE} a second, while ${(await removing).toLocaleString('en')} old events are removed from PostgreSQL in ${seconds.toFixed(0)} s`,
    measured: `${slowest.toFixed(0)} ms, ${toShares(times)} (when none are: ${Math.max(...quiet).toFixed(0)} ms, ${toShares(quiet)})`,
    budget: `under ${BUDGET.slowest} ms`,
    met: slowest < BUDGET.slowest,
  };
}

/** Keeps so many deliveries a second until something is over, and gives back how long each took. */
async function keepWhile(journal: Journal, work: Promise<unknown>): Promise<readonly number[]> {
  const times: number[] = [];
  const underWay: Promise<void>[] = [];
  const over = new AbortController();
  const ended = work.finally(() => over.abort());
  for (let next = performance.now(); !over.signal.aborted; next += 1000 / RATE) {
    const early = next - performance.now();
    if (early > 0) await sleep(early);
    underWay.push(timeOf(() => journal.events.keep(aNewEvent())).then((time) => void times.push(time)));
  }
  await Promise.all([ended, ...underWay]);
  return times;
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

function toShares(times: readonly number[]): string {
  return `p50 ${median(times).toFixed(1)} ms, p99 ${percentile(times, 0.99).toFixed(1)} ms`;
}
