import { setTimeout as sleep } from 'node:timers/promises';
import { openJournal } from '../../../src/stores/journal/postgres/open-journal.ts';
import { type RunningCluster, startCluster } from '../../cluster/start-cluster.ts';
import { aDelivery } from '../ingest.ts';
import { aNewEvent } from '../postgres/new-event.ts';
import { SYNCED } from '../postgres/synced.ts';
import { aPullRequest } from '../pull-request.ts';
import type { Row } from '../run.ts';
import { flood } from '../sender.ts';
import { perSecond } from './figures.ts';
import { type MadeEndpoint, makeEndpoint } from './make-endpoint.ts';

const EVENTS = 4_000;
/** The first only warm up. */
const ROUNDS = 2;
const AT_ONCE = 50;

/** How many events the node that leads decides, which it does for all. They are held by a mute, so that no lane runs meanwhile. */
export async function measureDeciding(): Promise<readonly Row[]> {
  const cluster = await startCluster({ settings: SYNCED });
  try {
    const endpoint = await makeEndpoint(cluster, '#ops');
    await cluster.nodes[0]?.call('/commands', {
      text: `/webhook mute ${endpoint.name} source=acme/api for 1h`,
      channel: 'ops',
    });
    let rate = 0;
    for (let round = 0; round < ROUNDS; round++) rate = await decideAll(cluster, endpoint);
    return [
      {
        what: 'events of 8 KB that the node that leads decides, and commits with a post each',
        measured: perSecond(rate),
      },
    ];
  } finally {
    await cluster.stop();
  }
}

async function decideAll(
  { postgres, databaseUrl }: RunningCluster,
  { id, url, path, secret }: MadeEndpoint,
): Promise<number> {
  const [last] = await postgres.run('select coalesce(max(id), 0)::int as id from bellhop.events', 'bellhop');
  const journal = await openJournal({ url: databaseUrl });
  for (let kept = 0; kept < EVENTS; kept += AT_ONCE)
    await Promise.all(
      Array.from({ length: AT_ONCE }, (_, index) => journal.events.keep(aPullRequestOf(id, kept + index))),
    );
  await journal.close();
  // No node knows of them until one of them keeps another.
  await flood({ port: Number(new URL(url).port), path, ...aDelivery(secret) }, { connections: 1, seconds: 0.001 });
  for (;;) {
    const [decided] = await postgres.run(
      `select count(*)::int as count, extract(epoch from max(decided_at::timestamptz) - min(decided_at::timestamptz))::float8 as seconds
       from bellhop.decisions where event_id > ${Number(last?.id)}`,
      'bellhop',
    );
    if (Number(decided?.count) >= EVENTS) return EVENTS / Number(decided?.seconds);
    await sleep(200);
  }
}

function aPullRequestOf(endpointId: string, number: number) {
  const pullRequest = aPullRequest();
  const body = { ...pullRequest, number, pull_request: { ...pullRequest.pull_request, number } };
  return aNewEvent({ endpointId, body: Buffer.from(JSON.stringify(body)) });
}
