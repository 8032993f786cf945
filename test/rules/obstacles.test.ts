import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import type { StoredEvent } from '../../src/core/event/event.ts';
import { emptySettings, type Settings } from '../../src/core/settings/settings.ts';
import { readEvent } from '../../src/reading/read-event.ts';
import { decide } from '../../src/relay/decide.ts';
import { toRules } from '../../src/relay/deciding/rules.ts';
import { storedFacts } from '../../src/relay/deciding/stored-facts.ts';
import { findObstacles } from '../../src/relay/rules/find-obstacles.ts';
import { aPush, providers } from '../world.ts';

const at = new Date('2026-03-02T10:00:00Z');
const createdAt = '2026-03-01T10:00:00Z';
const CONDITIONS = [
  "about.actor == 'renovate'",
  "about.actor == 'mona'",
  "type == 'push' && payload.ref == 'refs/heads/main'",
  "!(type == 'push') || payload.ref == 'x'",
  "about.severity == 'critical'",
  'true',
];
const condition = fc.constantFrom(...CONDITIONS);

const { headers, payload } = aPush({ by: 'renovate' });
const event: StoredEvent = {
  id: '1',
  endpointId: 'e1',
  provider: 'github',
  type: 'push',
  deliveryId: 'd1',
  verification: { secretId: 's1' },
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  query: {},
  body: Buffer.from(JSON.stringify(payload)),
  receivedAt: at,
  remoteAddress: '',
  state: 'posted',
};
const read = readEvent(event, providers.get('github'));
const facts = storedFacts(event, read, { ...read.parts, title: 'a push' });
const isPosted = (settings: Settings) => decide(facts, toRules(settings), at).routes[0]?.outcome === 'post';

it('what would have posted an event does: without all of it the event is posted, with any one of it it is not', () => {
  fc.assert(
    fc.property(
      fc.array(condition, { maxLength: 3 }),
      fc.option(condition, { nil: undefined }),
      fc.option(condition, { nil: undefined }),
      fc.subarray(['push', 'release', 'p*']),
      (hidden, filter, when, muted) => {
        const settings: Settings = {
          ...emptySettings,
          endpoints: [
            {
              id: 'e1',
              name: 'api',
              provider: 'github',
              token: 't',
              secrets: [],
              options: {},
              owners: [],
              createdAt,
              routes: [
                {
                  id: 'r',
                  platform: 'local',
                  channel: 'ops',
                  channelName: 'ops',
                  ...(filter && { filter }),
                  ...(when && { when }),
                },
              ],
              rules: hidden.map((text, index) => ({ id: `h${index}`, when: text, by: 'Ann', createdAt })),
            },
          ],
          mutes: muted.map((type, index) => ({
            id: `m${index}`,
            endpointId: 'e1',
            match: { type },
            until: '2026-04-01T10:00:00Z',
            by: 'Ann',
            createdAt,
          })),
        };
        const found = findObstacles(event, { read, title: 'a push', settings }).get('r') ?? assert.fail();
        const without = (gone: typeof found): Settings => {
          const ids = new Set(gone.flatMap((one) => ('id' in one ? [one.id] : [])));
          return {
            ...settings,
            endpoints: settings.endpoints.map((endpoint) => ({
              ...endpoint,
              rules: (endpoint.rules ?? []).filter(({ id }) => !ids.has(id)),
              routes: endpoint.routes.map(({ filter: own, when: chosen, ...route }) => ({
                ...route,
                ...(own !== undefined && !gone.some(({ by }) => by === 'filter') && { filter: own }),
                ...(chosen !== undefined && !gone.some(({ by }) => by === 'when') && { when: chosen }),
              })),
            })),
            mutes: settings.mutes.filter(({ id }) => !ids.has(id)),
          };
        };
        assert.equal(found.length === 0, isPosted(settings));
        assert.ok(isPosted(without(found)));
        for (const one of found) assert.ok(!isPosted(without(found.filter((each) => each !== one))));
      },
    ),
    { numRuns: 300 },
  );
});
