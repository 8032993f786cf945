import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Bellhop, startBellhop } from './bellhop.ts';
import { aDelivery } from './ingest.ts';
import type { Row } from './run.ts';
import { pace } from './sender.ts';
import { percentile } from './statistics.ts';

const EVENTS = 100_000;
/** Deliveries a second meanwhile. */
const RATE = 50;
const CONNECTIONS = 10;
const BUDGET = { seconds: 20, answer: 100 } as const;
const FILTER = "type == 'pull_request' && !(about.actor.endsWith('[bot]')) && payload.action in ['opened', 'closed']";

/** How long it takes to try a filter on very many events, and how long deliveries wait for their answer meanwhile. */
export async function measureTrying(): Promise<readonly Row[]> {
  const first = await startBellhop();
  const door = await first.endpoint('#trying');
  const { port, pathname } = new URL(door.url);
  const shot = { port: Number(port), path: pathname, ...aDelivery(door.secret) };
  await pace(shot, { connections: 1, seconds: 1, rate: 5 });
  while ((await first.owed()) > 0) await sleep(50);
  const remains = await first.kill();
  multiply(join(remains.folder, 'journal.db'));
  const bellhop = await startBellhop({}, remains);
  try {
    await pace(shot, { connections: CONNECTIONS, seconds: 2, rate: RATE });
    const alone = await pace(shot, { connections: CONNECTIONS, seconds: 8, rate: RATE });
    const trial = tryFilter(bellhop);
    const delays = await pace(shot, { connections: CONNECTIONS, seconds: 8, rate: RATE });
    const { seconds, events } = await trial;
    const slowest = Math.max(...delays);
    return [
      {
        what: `a filter tried on ${events.toLocaleString('en')} events, ${RATE} deliveries/s meanwhile`,
        measured: `${seconds.toFixed(1)} s`,
        budget: `under ${BUDGET.seconds} s`,
        met: seconds < BUDGET.seconds && events >= EVENTS,
      },
      {
        what: 'the slowest answer to a delivery meanwhile',
        measured: `${slowest.toFixed(0)} ms, p99 ${percentile([...delays], 0.99).toFixed(0)} ms (without: ${Math.max(...alone).toFixed(0)} ms, p99 ${percentile([...alone], 0.99).toFixed(0)} ms)`,
        budget: `under ${BUDGET.answer} ms`,
        met: slowest < BUDGET.answer,
      },
    ];
  } finally {
    await bellhop.stop();
  }
}

async function tryFilter(bellhop: Bellhop) {
  const begun = performance.now();
  const { trial } = await bellhop.try(`/webhook route github add #trying filter="${FILTER}"`);
  return { seconds: (performance.now() - begun) / 1000, events: trial.events };
}

/** Copies the rows of the newest event and of its decision, over the last six days. */
function multiply(path: string): void {
  const database = new DatabaseSync(path);
  database.exec('pragma synchronous = off');
  const last = database.prepare('select max(id) as id, max(received_at) as at from events').get() as {
    id: number;
    at: number;
  };
  const columns = (table: string) =>
    database
      .prepare(`select name from pragma_table_info('${table}')`)
      .all()
      .map(({ name }) => String(name));
  const numbers = `with recursive numbers (number) as (select 1 union all select number + 1 from numbers where number < ${EVENTS})`;
  const step = Math.floor((6 * 86_400_000) / EVENTS);
  const fill = (table: 'events' | 'decisions', other: Readonly<Record<string, string>>) =>
    database.exec(`insert into ${table} (${columns(table).join()}) ${numbers}
      select ${columns(table)
        .map((column) => other[column] ?? column)
        .join()}
      from numbers, (select * from ${table} order by ${table === 'events' ? 'id' : 'event_id'} desc limit 1)`);
  const id = `${last.id} + number`;
  fill('events', {
    id,
    delivery_id: "'copy-' || number",
    repeat_key: 'null',
    received_at: `${last.at} - (${EVENTS} - number) * ${step}`,
  });
  fill('decisions', { event_id: id });
  database.close();
}
