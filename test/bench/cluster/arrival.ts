import { setTimeout as sleep } from 'node:timers/promises';
import { slackEnvironment } from '../../chats/places.ts';
import { type RunningCluster, startCluster } from '../../cluster/start-cluster.ts';
import { startSlack } from '../../doubles/slack/double.ts';
import { validateSlackMessage } from '../../doubles/slack/limits.ts';
import { SYNCED } from '../postgres/synced.ts';
import type { Row } from '../run.ts';
import { median, percentile } from '../statistics.ts';
import { alertIn, type Door, deliverAlert } from './alerts.ts';
import { inMilliseconds, nodesOf, toShares } from './figures.ts';
import { makeEndpoint } from './make-endpoint.ts';

const SIDES = [1, 3] as const;
const CHANNELS = 40;
/** Deliveries a second: Slack takes eight from one workspace. */
const RATE = 6;
const SECONDS = 20;
/** One after another, each in a lane in which nothing is owed. The first of them only warm up. */
const IDLE = 40;
const FIRST = 10;
const CHANGES = 20;
const SETTLE = 3_000;
const BUDGET = { idle: 50, change: 200 } as const;

/** How long a delivery takes to Slack, on one node and on three; and how soon idle nodes know of what another did. */
export async function measureArrival(): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const nodes of SIDES) {
    const arrivals = new Map<string, number>();
    const slack = await startSlack({
      validate(payload) {
        const name = alertIn(payload);
        if (name && !arrivals.has(name)) arrivals.set(name, performance.now());
        return validateSlackMessage(payload);
      },
    });
    const cluster = await startCluster({ nodes, settings: SYNCED, environment: slackEnvironment(slack) });
    try {
      for (const node of cluster.nodes) await node.connected('slack');
      for (let channel = 0; channel < CHANNELS; channel++) slack.workspace.addChannel(`lane-${channel}`);
      const doors: Door[] = [];
      for (let channel = 0; channel < CHANNELS; channel++)
        doors.push(await makeEndpoint(cluster, `slack:#lane-${channel}`, 'alertmanager'));
      await sleep(SETTLE);
      const idle = await deliverIdle(doors, arrivals);
      const paced = await deliverPaced(doors, arrivals);
      rows.push(
        {
          what: `delivery to chat.postMessage at ${RATE}/s over ${CHANNELS} channels, ${nodesOf(nodes)} on PostgreSQL`,
          measured: toShares(paced.map(({ sent, arrived }) => arrived - sent)),
        },
        toIdleRow(nodes, idle),
      );
      if (nodes > 1) rows.push(await measureChanges(cluster));
    } finally {
      await cluster.stop();
      await slack.stop();
    }
  }
  return rows;
}

interface Arrival {
  readonly sent: number;
  readonly answered: number;
  readonly arrived: number;
}

function toIdleRow(nodes: number, idle: readonly Arrival[]): Row {
  const times = idle.map(({ answered, arrived }) => arrived - answered);
  return {
    what: `commit to chat.postMessage, ${nodes === 1 ? 'one idle node' : `${nodes} idle nodes`} on PostgreSQL`,
    measured: `${toShares(times)} (from sending: ${toShares(idle.map(({ sent, arrived }) => arrived - sent))})`,
    budget: `p50 under ${BUDGET.idle} ms`,
    met: median(times) < BUDGET.idle,
  };
}

async function deliverIdle(doors: readonly Door[], arrivals: ReadonlyMap<string, number>): Promise<readonly Arrival[]> {
  const all: Arrival[] = [];
  for (const [index, door] of doors.slice(0, IDLE).entries()) {
    all.push(await arrivalOf(deliverAlert(door, index), arrivals));
    await sleep(200);
  }
  return all.slice(FIRST);
}

async function deliverPaced(
  doors: readonly Door[],
  arrivals: ReadonlyMap<string, number>,
): Promise<readonly Arrival[]> {
  const begun = performance.now();
  const all: Promise<Arrival>[] = [];
  for (let index = 0; index < RATE * SECONDS; index++) {
    const pause = begun + (index / RATE) * 1_000 - performance.now();
    if (pause > 0) await sleep(pause);
    const door = doors[index % doors.length];
    if (door) all.push(arrivalOf(deliverAlert(door, IDLE + index), arrivals));
  }
  return Promise.all(all);
}

async function arrivalOf(
  delivering: ReturnType<typeof deliverAlert>,
  arrivals: ReadonlyMap<string, number>,
): Promise<Arrival> {
  const { name, sent, answered } = await delivering;
  let arrived = arrivals.get(name);
  for (; arrived === undefined; arrived = arrivals.get(name)) await sleep(5);
  return { sent, answered, arrived };
}

/** Changes the settings on one node after another, and waits until the others know. */
async function measureChanges({ nodes }: RunningCluster): Promise<Row> {
  const times: number[] = [];
  for (let change = 0; change < CHANGES; change++) {
    const node = nodes[change % nodes.length];
    if (!node) continue;
    const { url } = await node.endpoint(`#change-${change}`);
    const path = new URL(url).pathname;
    const changed = performance.now();
    await Promise.all(nodes.map((each) => untilKnown(`${each.url}${path}`)));
    times.push(performance.now() - changed);
    await sleep(100);
  }
  const slowest = Math.max(...times);
  return {
    what: `a change of the settings, from its answer until all of ${nodes.length} nodes go by it`,
    measured: `${inMilliseconds(slowest)} at most, ${toShares(times)}`,
    budget: `under ${BUDGET.change} ms`,
    met: percentile(times, 1) < BUDGET.change,
  };
}

/** An address that is not known yet is answered 404. */
async function untilKnown(url: string): Promise<void> {
  while ((await fetch(url, { method: 'POST', body: '{}' })).status === 404) await sleep(1);
}
