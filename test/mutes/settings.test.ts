import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Mute } from '../../src/core/settings/mute.ts';
import { emptySettings } from '../../src/core/settings/settings.ts';
import { SettingsSchema } from '../../src/stores/settings/schema.ts';
import { aCommandWorld, dataOf, failureOf } from '../doubles/command-world.ts';
import { endpoint } from '../doubles/relay-parts.ts';

const plain: Mute = {
  id: 'm1',
  endpointId: endpoint.id,
  match: {},
  until: '2026-01-05T12:00:00Z',
  by: 'Ann',
  createdAt: '2026-01-05T12:00:00Z',
};
const night = { from: '22:00', to: '06:00', zone: 'Europe/Berlin' } as const;
const { until: _, ...endless } = plain;

const mutes: Readonly<Record<string, readonly [mute: unknown, complaint: RegExp | undefined]>> = {
  'that comes again, for good': [{ ...endless, every: { ...night, days: ['mon'] } }, undefined],
  'that waits for an endpoint': [{ ...endless, while: { endpointId: endpoint.id } }, undefined],
  'without an end': [endless, /is missing: only a mute with `every`, `while` or `paused`/],
  'until something unnamed is resolved': [{ ...plain, ends: 'resolved' }, /needs a `match` that names one `subject`/],
  'that waits for an endpoint that is gone': [{ ...plain, while: { endpointId: 'gone' } }, /names no endpoint: `gone`/],
  'on a day that is none': [{ ...plain, every: { ...night, days: ['someday'] } }, /must be one of sun/],
  'at a time that is none': [{ ...plain, every: { ...night, from: '25:00' } }, /must be a time of day/],
  'in a zone that is none': [{ ...plain, every: { ...night, zone: 'Moon/Sea' } }, /must be an IANA time zone/],
};
for (const [name, [mute, complaint]] of Object.entries(mutes))
  it(`a settings file ${complaint ? 'is refused for' : 'takes'} a mute ${name}`, () => {
    const { error } = SettingsSchema.safeParse({ ...emptySettings, endpoints: [endpoint], mutes: [mute] });
    if (!complaint) assert.equal(error, undefined);
    else assert.match(error?.issues.map(({ message }) => message).join('\n') ?? '', complaint);
  });

it('a mute is extended by an hour, or as long as somebody says, and 30 days from now at most', async () => {
  const { say, settings, anEndpoint } = await aCommandWorld();
  await anEndpoint();
  assert.equal(failureOf(await say('extend api')).code, 'not_found');
  await say('mute api type=push for 2h');
  await say('extend api');
  assert.equal(settings.current.mutes[0]?.until, '2026-01-05T15:00:00.000Z');
  await say('extend api by 1d');
  assert.equal(settings.current.mutes[0]?.until, '2026-01-06T15:00:00.000Z');
  assert.deepEqual(failureOf(await say('extend api by 30d')), { code: 'bad_option', field: 'by' });
  assert.deepEqual(failureOf(await say('extend api by 0s')), { code: 'bad_option', field: 'by' });
  await say('mute api type=star for 2h');
  assert.deepEqual(failureOf(await say('extend api')), { code: 'bad_option', field: 'mute' });
  const { mute } = dataOf<{ mute: Mute }>(await say(`extend api ${settings.current.mutes[1]?.id} by 30m`));
  assert.equal(mute.until, '2026-01-05T14:30:00.000Z');
});

it('a mute that others wait for goes with the endpoint that has to fire', async () => {
  const { say, settings, anEndpoint } = await aCommandWorld();
  await anEndpoint();
  await anEndpoint('new github in #ops as db');
  await say('mute api type=push while db is firing');
  await say('mute api type=star every weekend zone=UTC');
  assert.equal(settings.current.mutes.length, 2);
  await say('delete db confirm');
  assert.deepEqual(
    settings.current.mutes.map(({ match }) => match),
    [{ type: 'star' }],
  );
});

it('an endpoint has a hundred mutes that ask more than what an event is, and no more', async () => {
  const { say, settings, anEndpoint } = await aCommandWorld();
  await anEndpoint();
  const api = settings.current.endpoints[0]?.id ?? '';
  const asking = Array.from({ length: 100 }, (_, index) => ({
    ...endless,
    id: `m${index}`,
    endpointId: api,
    every: night,
    match: { type: `t${index}` },
  }));
  await settings.update((now) => ({ ...now, mutes: asking }));
  assert.equal(failureOf(await say('mute api where="type == \'push\'" for 1h')).field, 'endpoint');
  await say('mute api type=push for 1h');
  assert.equal(settings.current.mutes.length, 101);
});
