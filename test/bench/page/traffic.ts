import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { aBrowser } from '../../page/browser.ts';
import { type Bellhop, freePort, startBellhop } from '../bellhop.ts';
import { aDelivery } from '../ingest.ts';
import type { Row } from '../run.ts';
import { pace, type Shot } from '../sender.ts';
import { median, percentile } from '../statistics.ts';
import { ENDPOINTS, makeHouse, measureLoads, openPage } from './full-house.ts';
import { seedEvents, seedWord } from './seed-events.ts';

const EVENTS = 300_000;
/** What is left to be read while Bellhop runs, so that this can be measured too. */
const LEFT = 15_000;
const RATE = { connections: 20, seconds: 20, rate: 50 } as const;
const ASKED = 30;

/** Searches, the list and its page over many events, and what deliveries notice of it. */
export async function measureTraffic(): Promise<readonly Row[]> {
  const remains = { port: await freePort(), folder: await mkdtemp(join(tmpdir(), 'bellhop-bench-')) };
  try {
    const shot = await prepare(remains);
    const bellhop = await startBellhop({ RETENTION_DAYS: '3650' }, remains);
    const rows = [
      ...(await measureDeliveries(bellhop, shot)),
      ...(await measureSearches(bellhop, shot)),
      ...(await measurePage(bellhop)),
      await measureSize(remains.folder),
    ];
    await bellhop.kill();
    return rows;
  } finally {
    await rm(remains.folder, { recursive: true, force: true });
  }
}

/** A folder with endpoints and events; gives back a delivery for one of them. */
async function prepare(remains: { readonly port: number; readonly folder: string }): Promise<Shot> {
  const { first, endpointIds } = await makeHouse(remains);
  await seedEvents({ folder: remains.folder, endpointIds, events: EVENTS, searched: EVENTS - LEFT });
  return { port: remains.port, path: new URL(first.url).pathname, ...aDelivery(first.secret) };
}

const inMilliseconds = (value: number) => `${value.toFixed(1)} ms`;

async function measureDeliveries(bellhop: Bellhop, shot: Shot): Promise<readonly Row[]> {
  const meanwhile = await pace(shot, RATE);
  const isBehind = async () => (await search(bellhop, 'nothing')).gaps !== undefined;
  const wasBehind = await isBehind();
  while (await isBehind()) await sleep(1_000);
  const alone = await pace(shot, RATE);
  const [busy, calm] = [percentile(meanwhile, 0.99), percentile(alone, 0.99)];
  return [
    {
      what: `acknowledgement at ${RATE.rate} deliveries/s, p99, while older bodies are read`,
      measured: `${inMilliseconds(busy)}, ${inMilliseconds(median(meanwhile))} in the median (${inMilliseconds(calm)} and ${inMilliseconds(median(alone))} once all are${wasBehind ? '' : '; all were before it ended'})`,
      budget: 'under 50 ms',
      met: busy < 50,
    },
  ];
}

const SEARCHES: Readonly<Record<string, string>> = {
  'a number that one body has': 'body=order123456',
  'a word that many have': `body=${seedWord(3)}`,
  'a word that all have': 'body=octocat',
  'two words': `body=${seedWord(5)}+${seedWord(900)}`,
  'a word of one endpoint': `body=${seedWord(40)}&endpoint=hook-7`,
  'a word that all have, of failed events': 'body=octocat&state=failed',
  'a word that all have, of a type that none is': 'body=octocat&type=push',
  'a word, and one of the title': `body=${seedWord(7)}&q=order`,
  'a word that nobody has': 'body=nowhere',
  'a beginning': 'body=order1234*',
  'a page far back': `body=${seedWord(3)}&before=20000`,
};

async function measureSearches(bellhop: Bellhop, shot: Shot): Promise<readonly Row[]> {
  const all: number[] = [];
  const worst: { name: string; took: number }[] = [];
  const sending = pace(shot, { ...RATE, seconds: 30 });
  for (const [name, query] of Object.entries(SEARCHES)) {
    const took: number[] = [];
    for (let asked = 0; asked < ASKED; asked++) {
      const before = performance.now();
      await bellhop.call(`/events?${query}`);
      took.push(performance.now() - before);
    }
    all.push(...took);
    worst.push({ name, took: percentile(took, 0.95) });
  }
  const delays = await sending;
  const slowest = worst.toSorted((a, b) => b.took - a.took)[0];
  const [p95, p99] = [percentile(all, 0.95), percentile(delays, 0.99)];
  return [
    {
      what: `a search in the bodies of ${EVENTS.toLocaleString('en')} events, p95 over ${Object.keys(SEARCHES).length} kinds`,
      measured: `${inMilliseconds(p95)}, ${inMilliseconds(median(all))} in the median (the slowest kind: ${slowest?.name}, ${inMilliseconds(slowest?.took ?? 0)})`,
      budget: 'under 200 ms',
      met: p95 < 200,
    },
    {
      what: `acknowledgement at ${RATE.rate} deliveries/s, p99, while somebody searches`,
      measured: inMilliseconds(p99),
      budget: 'under 50 ms',
      met: p99 < 50,
    },
  ];
}

async function search(bellhop: Bellhop, words: string): Promise<{ readonly gaps?: string }> {
  return bellhop.call(`/events?body=${words}`);
}

/** From opening the page of events until its rows can be clicked. */
async function measurePage(bellhop: Bellhop): Promise<readonly Row[]> {
  const browser = await aBrowser();
  const page = await openPage(browser, bellhop);
  const row = await measureLoads(page, {
    address: `${bellhop.url}/#/events`,
    what: `the page of events with ${ENDPOINTS} endpoints and ${EVENTS.toLocaleString('en')} events, from its address to its rows`,
    isThere: () => page.locator('.rows .row').nth(30).waitFor(),
  });
  await browser.close();
  return [row];
}

async function measureSize(folder: string): Promise<Row> {
  const { size } = await stat(join(folder, 'journal.db'));
  return { what: 'the journal then', measured: `${Math.round(size / 1024 / 1024)} MB`, budget: '–', met: true };
}
