import type { Endpoint } from '../../src/core/settings/endpoint.ts';
import type { Mute } from '../../src/core/settings/mute.ts';
import { emptySettings } from '../../src/core/settings/settings.ts';
import { decide } from '../../src/relay/decide.ts';
import { toRules } from '../../src/relay/deciding/rules.ts';
import type { Row } from './run.ts';
import { median, percentile } from './statistics.ts';

const MUTES = 10_000;
const ROUTES = 1_000;
const CALLS = 200_000;
const FILTERS = 20;
const FILTERED_CALLS = 50_000;

/** One decision for one of 50 endpoints with 20 filtered routes each, whose conditions in CEL look into the payload, and 10,000 mutes. */
function measureFilters(): Row {
  const now = new Date('2026-01-05T12:00:00Z');
  const endpoints = Array.from({ length: ROUTES / FILTERS }, (_, number) =>
    anEndpoint(
      `filtered-${number}`,
      Array.from({ length: FILTERS }, (_, index) => ({
        ...toRoute(`route-${number}-${index}`, `channel-${index}`),
        filter: `type == 'pull_request' && !(about.actor.endsWith('[bot]')) && payload.action in ['opened', 'closed'] && payload.number > ${index}`,
      })),
    ),
  );
  const mutes = toMutes((index) => `filtered-${index % endpoints.length}`);
  const rules = toRules({ ...emptySettings, endpoints, mutes });
  const times = new Array<number>(FILTERED_CALLS);
  let posted = 0;
  for (let call = 0; call < FILTERED_CALLS; call++) {
    const facts = {
      endpointId: `filtered-${call % endpoints.length}`,
      type: 'pull_request',
      about: { title: 'a pull request', source: 'acme/api', actor: 'octocat' },
      verification: {},
      quiet: undefined,
      provider: 'github',
      incoming: { payload: { action: 'opened', number: call % FILTERS }, headers: {} },
    };
    const before = performance.now();
    const decision = decide(facts, rules, now);
    times[call] = (performance.now() - before) * 1000;
    posted += decision.routes.filter(({ outcome }) => outcome === 'post').length;
  }
  if (posted < FILTERED_CALLS * (FILTERS / 4))
    throw new Error(`only ${posted} were posted: this measures something else`);
  const p99 = percentile(times, 0.99);
  return {
    what: `decide with 10,000 mutes and ${ROUTES} filtered routes, ${FILTERS} of them in CEL for each endpoint, p99`,
    measured: `${p99.toFixed(1)} µs (p50 ${median(times).toFixed(1)} µs)`,
    budget: 'under 300 µs',
    met: p99 < 300,
  };
}

/** One decision among 10,000 mutes of one endpoint, a fifth of them with a star, and 1,000 routes over all endpoints. */
export async function measureDecide(): Promise<readonly Row[]> {
  const now = new Date('2026-01-05T12:00:00Z');
  const endpoints = Array.from({ length: ROUTES / 2 }, (_, index) =>
    anEndpoint(
      `endpoint-${index}`,
      ['ops', 'dev'].map((channel) => toRoute(`${index}-${channel}`, channel)),
    ),
  );
  const mutes = toMutes(() => 'endpoint-0');
  const rules = toRules({ ...emptySettings, endpoints, mutes });
  const times = new Array<number>(CALLS);
  let held = 0;
  for (let call = 0; call < CALLS; call++) {
    const source = call % 2 ? `acme/service-${call % MUTES}` : `acme/group-${call % MUTES}-api`;
    const facts = {
      endpointId: 'endpoint-0',
      type: 'push',
      about: { title: 'a push', source, actor: 'octocat' },
      verification: {},
      quiet: undefined,
    };
    const before = performance.now();
    const { routes } = decide(facts, rules, now);
    times[call] = (performance.now() - before) * 1000;
    if (routes[0]?.outcome === 'hold') held++;
  }
  if (held < CALLS / 4) throw new Error(`only ${held} of ${CALLS} were held: this measures something else`);
  const p99 = percentile(times, 0.99);
  return [
    {
      what: 'decide with 10,000 mutes and 1,000 routes, p99',
      measured: `${p99.toFixed(1)} µs (p50 ${median(times).toFixed(1)} µs)`,
      budget: 'under 50 µs',
      met: p99 < 50,
    },
    measureFilters(),
  ];
}

function anEndpoint(id: string, routes: Endpoint['routes']): Endpoint {
  return {
    id,
    name: id,
    provider: 'github',
    token: '',
    secrets: [],
    options: {},
    owners: [],
    createdAt: '2026-01-05T12:00:00.000Z',
    routes,
  };
}

function toRoute(id: string, channel: string) {
  return { id, platform: 'local', channel, channelName: channel };
}

/** A fifth of them with a star. */
function toMutes(endpointOf: (index: number) => string): readonly Mute[] {
  return Array.from({ length: MUTES }, (_, index) => ({
    id: `mute-${index}`,
    endpointId: endpointOf(index),
    match: {
      source: index % 5 ? `acme/service-${index}` : `acme/group-${index}-*`,
      ...(index % 3 === 0 && { type: 'push' }),
    },
    until: '2026-01-06T00:00:00Z',
    by: 'Mona',
    createdAt: '2026-01-05T12:00:00.000Z',
  }));
}
