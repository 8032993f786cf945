import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import fc from 'fast-check';
import type { Decision } from '../../src/core/event/decision.ts';
import type { Endpoint, Route } from '../../src/core/settings/endpoint.ts';
import type { Mute } from '../../src/core/settings/mute.ts';
import type { Rule } from '../../src/core/settings/rule.ts';
import type { Settings } from '../../src/core/settings/settings.ts';
import { createRelay } from '../../src/relay/create-relay.ts';
import { openHere } from '../doubles/journal-worker.ts';
import { aRelayParts, endpoint } from '../doubles/relay-parts.ts';
import { runs } from '../runs.ts';

const NOW = new Date();
const WATCHED = 'watched';

/** True of some events, false of others, and for some of them neither can be said. */
const CONDITIONS = [
  "type == 'push'",
  "about.actor == 'octocat'",
  "about.actor.endsWith('[bot]')",
  "about.severity == 'critical'",
  "about.severity != 'info'",
  "about.title.contains('door')",
  "about.branch == 'main'",
  "payload.action == 'opened'",
  'payload.number > 3',
  "payload.commits.exists(c, c.message.contains('door'))",
  "'wip' in about.tags",
  "headers['x-github-event'] == 'push' || now < timestamp('2020-01-01T00:00:00Z')",
  'it cannot be read',
];

const condition = fc.constantFrom(...CONDITIONS);
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });
const actor = fc.constantFrom('octocat', 'dependabot[bot]', 'mona');

const event = fc.record({
  type: fc.constantFrom('push', 'pull_request', 'issues'),
  by: actor,
  number: fc.nat({ max: 6 }),
  action: fc.constantFrom('opened', 'closed', 'labeled'),
  branch: fc.constantFrom('main', 'dev'),
  message: fc.constantFrom('Fix the door', 'Paint the wall'),
  label: fc.constantFrom('wip', 'ready'),
  ago: fc.nat({ max: 46 }),
});

const hours = fc.record({
  from: fc.constantFrom('00:00', '06:30', '22:00'),
  to: fc.constantFrom('02:00', '12:00', '23:00'),
  zone: fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Kolkata'),
});
const except = fc.record({ except: condition }, { requiredKeys: [] });
const digest = fc.record({ every: fc.constantFrom('hour' as const, 'day' as const), zone: fc.constant('UTC') });
const route = fc.record({
  filter: optional(condition),
  when: optional(condition),
  digest: optional(fc.tuple(digest, except).map(([times, other]) => ({ ...times, ...other }))),
  quiet: optional(fc.tuple(hours, except).map(([times, other]) => ({ ...times, ...other }))),
});
const rules = fc.array(
  fc.record({
    when: condition,
    severity: optional(fc.constantFrom('info', 'good', 'warning', 'critical')),
    routeId: optional(fc.constantFrom('r0', 'r1')),
  }),
  { maxLength: 4 },
);
const asked = fc.record({
  routes: fc.array(route, { minLength: 1, maxLength: 3 }),
  rules,
  otherwise: optional(fc.constant(0)),
  mutes: fc.array(
    fc.record({
      actor: optional(actor),
      severity: optional(fc.constantFrom('info', 'critical')),
      where: optional(condition),
      every: optional(hours),
      watched: optional(fc.constantFrom('alert:one', 'alert:*', 'all')),
    }),
    {
      maxLength: 2,
    },
  ),
});
type Asked = typeof asked extends fc.Arbitrary<infer Value> ? Value : never;

describe('trying a change', () => {
  it('predicts exactly what deciding does after it is saved', async () => {
    const journal = await openHere();
    after(() => journal.close());
    const { parts } = await aRelayParts({ journal });
    const relay = createRelay(parts);
    let round = 0;
    // Something that fires, and is over, while the others come.
    for (const [ago, state] of [
      [40, 'firing'],
      [30, 'resolved'],
      [20, 'firing'],
    ] as const)
      await keepAlert(ago, state);
    await fc.assert(
      fc.asyncProperty(fc.array(event, { minLength: 1, maxLength: 12 }), asked, asked, async (events, first, then) => {
        const endpointId = `e${++round}`;
        await parts.settings.update(() => toSettings(endpointId, first));
        await relay.releaseHeld();
        for (const each of events.toSorted((one, other) => other.ago - one.ago)) await keep(each, endpointId);
        const stored = await journal.events.past({ endpointId, since: new Date(0), limit: 100 });
        assert.equal(stored.length, events.length);
        const decideAll = () =>
          Promise.all(stored.map(async (each) => (await relay.decideAgain(each, each.receivedAt)).decision));

        const [trial] = await relay.rules.try({ endpointId, changes: [() => toSettings(endpointId, then)] });
        const before = await decideAll();
        await parts.settings.update(() => toSettings(endpointId, then));
        await relay.releaseHeld();
        const now = await decideAll();

        assert.deepEqual([trial?.before, trial?.after], [tally(before), tally(now)]);
        assert.equal(trial?.events, events.length);
        const lost = stored.filter((_, index) => isLost(before[index], now[index]));
        assert.equal(trial?.lost, lost.length);
        assert.deepEqual(
          trial?.losses.map(({ id }) => id),
          lost.slice(0, 10).map(({ id }) => id),
        );
        const gained = stored.filter((_, index) => isLost(now[index], before[index]));
        assert.deepEqual(
          trial?.gains.map(({ id }) => id),
          gained.slice(0, 10).map(({ id }) => id),
        );
      }),
      { numRuns: runs(60) },
    );

    async function keepAlert(ago: number, state: string): Promise<void> {
      const kept = await journal.events.keep({
        ...plain,
        endpointId: WATCHED,
        provider: 'alertmanager',
        type: 'alert',
        headers: {},
        body: Buffer.from('{}'),
        deliveryId: crypto.randomUUID(),
        receivedAt: hoursAgo(ago),
      });
      const about = { title: 'one', subject: 'alert:one', state, severity: 'critical' as const };
      await journal.posts.decide([{ eventId: kept?.id ?? '', about, decision: nothing, posts: [] }]);
    }

    async function keep(each: typeof event extends fc.Arbitrary<infer Value> ? Value : never, endpointId: string) {
      const kept = await journal.events.keep({
        endpointId,
        provider: 'github',
        type: each.type,
        deliveryId: crypto.randomUUID(),
        ...plain,
        headers: { 'content-type': 'application/json', 'x-github-event': each.type },
        body: Buffer.from(JSON.stringify(toPayload(each))),
        receivedAt: hoursAgo(each.ago),
      });
      await journal.posts.decide([
        { eventId: kept?.id ?? '', about: { title: 'some event' }, decision: nothing, posts: [] },
      ]);
    }
  });
});

const nothing: Decision = { decidedAt: NOW.toISOString(), steps: [], routes: [] };
const plain = { repeatWindow: 60, verification: {}, method: 'POST', query: {}, remoteAddress: '' };

function hoursAgo(hours: number): Date {
  return new Date(NOW.getTime() - hours * 3_600_000);
}

function toPayload({
  type,
  by,
  number,
  action,
  branch,
  message,
  label,
}: Omit<Parameters<Parameters<typeof event.map>[0]>[0], 'ago'>) {
  const common = { sender: { login: by }, repository: { full_name: 'acme/api' } };
  if (type === 'push') return { ...common, ref: `refs/heads/${branch}`, commits: [{ message }] };
  const thing = { number, title: message, labels: [{ name: label }], base: { ref: branch }, state: 'open' };
  return type === 'issues' ? { ...common, action, issue: thing } : { ...common, action, number, pull_request: thing };
}

function toSettings(endpointId: string, { routes, rules: made, otherwise, mutes }: Asked): Settings {
  const ready: readonly Route[] = routes.map(({ filter, when, digest, quiet }, index) => ({
    id: `r${index}`,
    platform: 'chat',
    channel: `C${index}`,
    channelName: `c${index}`,
    ...(filter && { filter }),
    ...(digest && { digest }),
    ...(quiet && { quiet }),
    ...(index === otherwise ? { otherwise: true as const } : when && { when }),
  }));
  const known = made.filter(({ routeId }) => !routeId || ready.some(({ id }) => id === routeId));
  const owner: Endpoint = {
    ...endpoint,
    id: endpointId,
    routes: ready,
    rules: known.map(
      ({ when, severity, routeId }, index): Rule => ({
        id: `rule${index}`,
        when,
        ...(severity && { severity }),
        ...(routeId && { routeId }),
        by: 'Ann',
        createdAt: NOW.toISOString(),
      }),
    ),
  };
  const kept = mutes.map(
    (match, index): Mute => ({
      id: `m${index}`,
      endpointId,
      match: { ...(match.actor && { actor: match.actor }), ...(match.severity && { severity: match.severity }) },
      ...(match.where && { where: match.where }),
      ...(match.every && { every: match.every }),
      ...(match.watched && {
        while: { endpointId: WATCHED, ...(match.watched !== 'all' && { subject: match.watched }) },
      }),
      until: new Date(NOW.getTime() + 3_600_000).toISOString(),
      by: 'Ann',
      createdAt: NOW.toISOString(),
    }),
  );
  return {
    endpoints: [owner, { ...owner, id: WATCHED, name: 'db', token: 'db', rules: [] }],
    mutes: kept,
    templates: [],
    people: [],
    admins: [],
  };
}

function tally(decisions: readonly Decision[]) {
  const outcomes = decisions.flatMap(({ routes }) => routes.map(({ outcome }) => outcome));
  const count = (wanted: string) => outcomes.filter((outcome) => outcome === wanted).length;
  return { posted: count('post'), held: count('hold'), dropped: count('drop') };
}

/** Whether the first decision posts it in a channel in which the second does not. */
function isLost(one: Decision | undefined, other: Decision | undefined): boolean {
  const posted = (decision: Decision | undefined) =>
    (decision?.routes ?? []).filter(({ outcome }) => outcome === 'post').map(({ routeId }) => routeId);
  return posted(one).some((routeId) => !posted(other).includes(routeId));
}
