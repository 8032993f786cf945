import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { pingLevels } from '../../src/core/message/density.ts';
import { severities } from '../../src/core/message/severity.ts';
import type { Person } from '../../src/core/settings/person.ts';
import { isQuiet, parseHours } from '../../src/core/text/quiet-hours.ts';
import { decidePings, type PingFacts } from '../../src/relay/deciding/pings.ts';
import { runs } from '../runs.ts';

const now = new Date('2026-05-01T21:30:00Z');
const ada: Person = { name: 'Ada', aliases: ['octocat', 'ada@acme.example'], ids: { slack: 'U1', discord: '1' } };

const routes = [
  { id: 'r1', platform: 'slack', channel: 'C1', channelName: 'ops' },
  { id: 'r2', platform: 'discord', channel: '2', channelName: 'ops' },
];
const decisions = routes.map(({ id, ...place }) => ({
  routeId: id,
  ...place,
  outcome: 'post' as const,
  reason: 'routed',
}));

function pinged(facts: Partial<PingFacts> = {}, look: object = {}) {
  const decided = decidePings(
    decisions,
    routes.map((route) => ({ ...route, ...look })),
    {
      mentions: { names: ['octocat'], severity: 'critical' },
      verified: true,
      people: [ada],
      earlier: [],
      now,
      ...facts,
    },
  );
  return decided.map(({ mentioned = [] }) =>
    mentioned.map(({ name, outcome, reason }) => `${name} ${outcome}: ${reason}`),
  );
}

describe('who is pinged', () => {
  it('is whoever a verified message names by login, e-mail or name, once for all channels', () => {
    for (const name of ['octocat', '@OctoCat', 'ADA@acme.example', 'ada']) {
      const [first, second] = pinged({ mentions: { names: [name], severity: 'info' } });
      assert.deepEqual(
        [first, second],
        [[`Ada ping: ${name} is linked to them`], ['Ada silent: its message in another channel pings them already']],
      );
    }
  });

  it('is whoever is named twice in one message, by a login and by an address, once', () => {
    const [first] = pinged({ mentions: { names: ['octocat', 'ada@acme.example'], severity: 'info' } });
    assert.deepEqual(first, ['Ada ping: octocat is linked to them']);
  });

  const silences: readonly (readonly [string, Partial<PingFacts>, object, RegExp])[] = [
    ['unverified', { verified: false }, {}, /nothing is signed/],
    ['unknown', { people: [] }, {}, /nobody in the people list/],
    ['two of one login', { people: [ada, { ...ada, name: 'Eve' }] }, {}, /several people are called that: Ada, Eve/],
    ['who opted out', { people: [{ ...ada, pings: 'off' }] }, {}, /asked not to be pinged/],
    ['on no such chat', { people: [{ ...ada, ids: {} }] }, {}, /not linked to anybody on/],
    [
      'in their quiet hours',
      { people: [{ ...ada, quiet: { from: '22:00', to: '07:00', zone: 'Europe/Berlin' } }] },
      {},
      /quiet hours last until 07:00/,
    ],
    [
      'pinged before',
      { earlier: [{ name: 'Ada', at: new Date('2026-05-01T21:00:00Z') }] },
      {},
      /same thing at 21:00 UTC/,
    ],
    ['where phones stay silent', {}, { notify: 'never' }, /phones are never notified/],
    ['where nobody is', {}, { pings: 'never' }, /nobody is pinged in this channel/],
    [
      'below the severity',
      { mentions: { names: ['octocat'], severity: 'warning' } },
      { pings: 'critical' },
      /only for severity critical, and this event is warning/,
    ],
  ];
  for (const [who, facts, look, reason] of silences)
    it(`is nobody ${who}, and the reason is kept`, () => {
      for (const pings of pinged(facts, look)) {
        assert.equal(pings.length, 1);
        assert.match(pings[0] ?? '', / silent: /);
        assert.match(pings[0] ?? '', reason);
      }
    });

  it('is nobody for what is held or dropped', () => {
    const held = decisions.map((decision) => ({ ...decision, outcome: 'hold' as const }));
    const facts = {
      mentions: { names: ['octocat'], severity: 'info' as const },
      verified: true,
      people: [ada],
      earlier: [],
      now,
    };
    assert.deepEqual(decidePings(held, routes, facts), held);
  });

  it('holds whatever is combined: no ping without verification, against a wish, or twice', () => {
    const person = fc.record(
      {
        name: fc.constantFrom('Ada', 'Eve', 'Bob'),
        aliases: fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 2 }),
        ids: fc.constantFrom({}, { slack: 'U1' }, { discord: '1' }, { slack: 'U2', discord: '2' }),
        pings: fc.constant('off' as const),
        quiet: fc.constantFrom(
          { from: '00:00', to: '23:59', zone: 'UTC' },
          { from: '01:00', to: '02:00', zone: 'UTC' },
        ),
      },
      { requiredKeys: ['name', 'aliases', 'ids'] },
    );
    const look = fc.record(
      { pings: fc.constantFrom(...pingLevels), notify: fc.constantFrom('always' as const, 'never' as const) },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(
        fc.uniqueArray(person, { maxLength: 3, selector: ({ name }) => name }),
        fc.array(fc.constantFrom('a', 'b', 'c', 'Ada', '@eve'), { maxLength: 4 }),
        fc.constantFrom(...severities),
        fc.boolean(),
        fc.tuple(look, look),
        (people, names, severity, verified, looks) => {
          const looked = routes.map((route, index) => ({ ...route, ...looks[index] }));
          const decided = decidePings(decisions, looked, {
            mentions: { names, severity },
            verified,
            people,
            earlier: [],
            now,
          });
          const pings = decided.flatMap(({ mentioned = [], platform }) =>
            mentioned.filter(({ outcome }) => outcome === 'ping').map(({ name }) => ({ name, platform })),
          );
          assert.ok(verified || pings.length === 0);
          assert.equal(new Set(pings.map(({ name }) => name)).size, pings.length);
          for (const { name, platform } of pings) {
            const who = people.filter((each) => each.name === name);
            assert.ok(
              who.every(
                ({ pings, quiet, ids }) => pings !== 'off' && !(quiet && isQuiet(quiet, now)) && platform in ids,
              ),
            );
          }
        },
      ),
      { numRuns: runs(500) },
    );
  });
});

describe('quiet hours', () => {
  it('go past midnight, in the time zone they were given in', () => {
    const quiet = { from: '22:00', to: '07:00', zone: 'Europe/Berlin' };
    const at = (time: string) => isQuiet(quiet, new Date(`2026-01-02T${time}:00Z`));
    assert.deepEqual(['20:59', '21:00', '23:30', '05:59', '06:00'].map(at), [false, true, true, true, false]);
    const summer = (time: string) => isQuiet(quiet, new Date(`2026-07-02T${time}:00Z`));
    assert.deepEqual(['19:59', '20:00', '04:59', '05:00'].map(summer), [false, true, true, false]);
    assert.deepEqual(
      ['08:59', '09:00', '16:59', '17:00'].map((time) =>
        isQuiet({ from: '09:00', to: '17:00', zone: 'UTC' }, new Date(`2026-01-02T${time}:00Z`)),
      ),
      [false, true, true, false],
    );
  });

  it('are read as people write them', () => {
    assert.deepEqual(parseHours('22:00-07:00'), { from: '22:00', to: '07:00' });
    assert.deepEqual(parseHours(' 9 – 17:30 '), { from: '09:00', to: '17:30' });
    for (const text of ['24:00-07:00', '22:60-07:00', '7:00-7:00', '22:00', 'always', '-'])
      assert.equal(parseHours(text), undefined);
  });
});
