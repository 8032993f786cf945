import { setTimeout as sleep } from 'node:timers/promises';
import { anAlertGroup } from '../relay/alert-group.ts';
import { signed } from '../world.ts';
import { type Bellhop, startBellhop } from './bellhop.ts';
import type { Row } from './run.ts';
import { median, percentile } from './statistics.ts';

const CHANNELS = 200;
/** Deliveries a second, over all channels. */
const RATE = 200;
const SECONDS = 8;
/** Until what runs often is compiled. */
const WARM_UP = 2;
/** Deliveries one after another, each to a channel where nothing else is to be done. */
const IDLE = { count: 100, first: 100_000, pause: 50 } as const;
const OWED_AT_KILL = 1_000;
const BUDGET = { posted: { p50: 10, p99: 50 }, restart: 15_000 } as const;

interface Door {
  readonly channel: string;
  readonly url: string;
  readonly secret: string;
}

/** How long posts and edits take, also while many channels have some, and what a process leaves that is killed. Posted on the page, which takes them as fast as they come. */
export async function measurePosting(): Promise<readonly Row[]> {
  const bellhop = await startBellhop();
  let running = bellhop;
  try {
    const doors: Door[] = [];
    for (let index = 0; index < CHANNELS; index++) {
      const channel = `spread-${index}`;
      doors.push({ channel, ...(await bellhop.endpoint(`#${channel}`, 'alertmanager')) });
    }
    await paced(doors, { from: 0, count: WARM_UP * RATE });
    const sent = await paced(doors, { from: WARM_UP * RATE, count: SECONDS * RATE });
    await untilDone(bellhop);
    const posted = await delays(bellhop, doors, { sent, when: ({ postedAt }) => postedAt });
    const idle = await timeIdle(bellhop, doors, { status: 'firing', when: ({ postedAt }) => postedAt });
    const edited = await timeIdle(bellhop, doors, { status: 'resolved', when: ({ editedAt }) => editedAt });
    const { kill, sent: burst } = await killInBurst(bellhop, doors);
    const begun = performance.now();
    running = await startBellhop({}, kill);
    await untilDone(running);
    const restart = performance.now() - begun;
    const shown = await delays(running, doors, { sent: burst, when: ({ postedAt }) => postedAt });
    return [
      arrival(`delivery to post at ${RATE}/s over ${CHANNELS} channels`, posted),
      arrival('delivery to post, idle lane', idle),
      arrival('delivery to edit, idle lane', edited),
      {
        what: `kill -9 in a burst of ${OWED_AT_KILL.toLocaleString('en')}: start to all posted`,
        measured: `${(restart / 1000).toFixed(1)} s, ${shown.length} of ${burst.size} accepted are there`,
        budget: `under ${BUDGET.restart / 1000} s, all`,
        met: restart < BUDGET.restart && shown.length === burst.size,
      },
    ];
  } finally {
    await running.stop();
  }
}

function arrival(what: string, times: readonly number[]): Row {
  const [p50, p99] = [median(times), percentile(times, 0.99)];
  return {
    what: `${what}, p50`,
    measured: `${p50.toFixed(0)} ms (p99 ${p99.toFixed(0)} ms)`,
    budget: `p50 under ${BUDGET.posted.p50} ms, p99 under ${BUDGET.posted.p99} ms`,
    met: p50 < BUDGET.posted.p50 && p99 < BUDGET.posted.p99,
  };
}

/** Delivers one alert after the other at the rate, and gives back when each was sent, by its name. */
async function paced(doors: readonly Door[], { from, count }: { readonly from: number; readonly count: number }) {
  const sent = new Map<string, number>();
  const begun = performance.now();
  const answers: Promise<void>[] = [];
  for (let index = 0; index < count; index++) {
    const pause = begun + (index / RATE) * 1_000 - performance.now();
    if (pause > 0) await sleep(pause);
    const door = doors[index % doors.length];
    if (door) answers.push(deliver(door, from + index, { sent }));
  }
  await Promise.all(answers);
  return sent;
}

async function deliver(
  { url, secret }: Door,
  index: number,
  { sent, status = 'firing' }: { readonly sent: Map<string, number>; readonly status?: 'firing' | 'resolved' },
) {
  const name = `Alert-${index}-`;
  const { payload } = anAlertGroup({ name, summary: `${name} is slow`, fingerprint: String(index), status });
  const body = JSON.stringify(payload);
  const headers = signed({ provider: 'alertmanager', url }, { headers: {}, body: Buffer.from(body), secret });
  const at = Date.now();
  const answer = await fetch(url, { method: 'POST', headers, body });
  if (answer.status === 202) sent.set(name, at);
}

interface Shown {
  readonly text: string;
  readonly postedAt: string;
  readonly editedAt?: string | null;
}

/** Milliseconds from sending to what is looked for, for each that is shown. */
async function delays(
  bellhop: Bellhop,
  doors: readonly Door[],
  {
    sent,
    when,
  }: { readonly sent: ReadonlyMap<string, number>; readonly when: (shown: Shown) => string | null | undefined },
): Promise<readonly number[]> {
  const times: number[] = [];
  for (const { channel } of doors)
    for (const shown of await bellhop.messages<Shown>(channel)) {
      const at = sent.get(/Alert-\d+-/.exec(JSON.stringify(shown))?.[0] ?? '');
      const done = when(shown);
      if (at !== undefined && done) times.push(Date.parse(done) - at);
    }
  return times;
}

interface Idle {
  readonly status: 'firing' | 'resolved';
  readonly when: (shown: Shown) => string | null | undefined;
}

/** Begins or ends alerts one by one. */
async function timeIdle(bellhop: Bellhop, doors: readonly Door[], { status, when }: Idle): Promise<readonly number[]> {
  const sent = new Map<string, number>();
  for (const [index, door] of doors.slice(0, IDLE.count).entries()) {
    await deliver(door, IDLE.first + index, { sent, status });
    await sleep(IDLE.pause);
  }
  await untilDone(bellhop);
  return delays(bellhop, doors, { sent, when });
}

/** Delivers as fast as it can, and kills the process as soon as all are accepted. */
async function killInBurst(bellhop: Bellhop, doors: readonly Door[]) {
  const sent = new Map<string, number>();
  const first = 1_000_000;
  await Promise.all(
    Array.from({ length: OWED_AT_KILL }, (_, index) => {
      const door = doors[index % doors.length];
      return door && deliver(door, first + index, { sent });
    }),
  );
  return { kill: await bellhop.kill(), sent };
}

async function untilDone(bellhop: Bellhop): Promise<void> {
  while ((await bellhop.owed()) > 0) await sleep(50);
}
