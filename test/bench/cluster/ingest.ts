import { type RunningCluster, startCluster } from '../../cluster/start-cluster.ts';
import { aDelivery } from '../ingest.ts';
import { SYNCED } from '../postgres/synced.ts';
import type { Row } from '../run.ts';
import { flood } from '../sender.ts';
import { median } from '../statistics.ts';
import { nodesOf, perSecond } from './figures.ts';
import { makeEndpoint } from './make-endpoint.ts';
import { processorTime } from './processor-time.ts';

const SIDES = [1, 3] as const;
const CONNECTIONS = 50;
const ROUNDS = 3;
/** Until what runs often is compiled. */
const WARM_UP = 4;
const SECONDS = 5;

interface Taken {
  readonly rate: number;
  /** Microseconds of processor for each delivery. */
  readonly nodes: number;
  readonly database: number;
  readonly decided: number;
}

/** Deliveries that one node and that three of them take, on one PostgreSQL and through one address. */
export async function measureClusterIngest(): Promise<readonly Row[]> {
  const taken = new Map<number, Taken[]>(SIDES.map((nodes) => [nodes, []]));
  for (let round = 0; round < ROUNDS; round++) for (const nodes of SIDES) taken.get(nodes)?.push(await takeAll(nodes));
  const rateOf = (nodes: number) => median((taken.get(nodes) ?? []).map(({ rate }) => rate));
  return SIDES.map((nodes) => {
    const own = taken.get(nodes) ?? [];
    const middle = (of: (each: Taken) => number) => Math.round(median(own.map(of)));
    const beside = nodes === 1 ? '' : ` = ${(rateOf(nodes) / rateOf(1)).toFixed(2)} × one`;
    return {
      what: `deliveries that ${nodesOf(nodes)} on PostgreSQL take${nodes === 1 ? 's' : ''} through the round-robin, 8 KB GitHub body, ${CONNECTIONS} connections`,
      measured: `${perSecond(rateOf(nodes))}${beside}; for each ${middle((each) => each.nodes)} µs of processor in nodes, ${middle((each) => each.database)} µs in PostgreSQL; ${perSecond(middle((each) => each.decided))} decided meanwhile`,
    };
  });
}

async function takeAll(count: number): Promise<Taken> {
  const cluster = await startCluster({ nodes: count, settings: SYNCED });
  try {
    const { url, secret, path } = await makeEndpoint(cluster, '#ops');
    const shot = { port: Number(new URL(url).port), path, ...aDelivery(secret) };
    await flood(shot, { connections: CONNECTIONS, seconds: WARM_UP });
    const before = await look(cluster);
    const rate = await flood(shot, { connections: CONNECTIONS, seconds: SECONDS });
    const after = await look(cluster);
    const deliveries = after.kept - before.kept;
    return {
      rate,
      nodes: ((after.nodes - before.nodes) / deliveries) * 1_000,
      database: ((after.database - before.database) / deliveries) * 1_000,
      decided: (after.decided - before.decided) / SECONDS,
    };
  } finally {
    await cluster.stop();
  }
}

async function look({ nodes, postgres }: RunningCluster) {
  const spent = await Promise.all(nodes.map(({ pid }) => processorTime(pid)));
  const [counts] = await postgres.run(
    'select (select count(*) from bellhop.events)::int as kept, (select count(*) from bellhop.decisions)::int as decided',
    'bellhop',
  );
  return {
    nodes: spent.reduce<number>((sum, each) => sum + (each ?? Number.NaN), 0),
    database: (await processorTime(postgres.pid)) ?? Number.NaN,
    kept: Number(counts?.kept),
    decided: Number(counts?.decided),
  };
}
