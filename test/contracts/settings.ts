import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { badRequest } from '../../src/core/errors.ts';
import type { Endpoint } from '../../src/core/settings/endpoint.ts';
import type { Mute } from '../../src/core/settings/mute.ts';
import { emptySettings, type Settings, type SettingsStore } from '../../src/core/settings/settings.ts';
import { runs } from '../runs.ts';

const anyUnit = fc.integer({ max: 0xffff, min: 0 }).map((code) => String.fromCharCode(code));
const NOON = '2026-03-01T12:00:00Z';

export function anEndpoint(parts: Partial<Endpoint> = {}): Endpoint {
  return {
    id: 'e1',
    name: 'api-alerts',
    provider: 'github',
    token: 'token-of-e1',
    secrets: [{ id: 's1', value: 'secret-of-e1', createdAt: NOON }],
    options: {},
    routes: [{ id: 'r1', platform: 'local', channel: 'C1', channelName: 'ops' }],
    owners: ['local:ana'],
    createdAt: NOON,
    ...parts,
  };
}

export function aMute(parts: Partial<Mute> = {}): Mute {
  return { id: 'm1', endpointId: 'e1', match: { source: 'acme/*' }, until: NOON, by: 'ana', createdAt: NOON, ...parts };
}

/** What every settings store promises. A store's own test is one call to this. `open` gives an empty one. */
export function describeSettings(name: string, open: () => Promise<SettingsStore>) {
  describe(`${name} settings`, () => {
    const refuses = async (change: Partial<Settings>, message: RegExp) => {
      const store = await open();
      await assert.rejects(
        store.update((settings) => ({ ...settings, ...change })),
        { status: 422, code: 'settings_invalid', message },
      );
      assert.deepEqual(store.current, emptySettings);
      await store.close();
    };

    it('are empty at first', async () => {
      const store = await open();
      assert.deepEqual(store.current, emptySettings);
      await store.close();
    });

    it('are what the last change made them', async () => {
      const store = await open();
      const given = {
        endpoints: [anEndpoint()],
        mutes: [aMute()],
        admins: ['slack:U1'],
        people: [{ name: 'Ana', aliases: ['ana'], ids: { slack: 'U1' } }],
        templates: [{ provider: 'github', type: 'push', source: '{{x}}', endpointId: 'e1' }],
        zones: { 'slack:U1': 'Europe/Berlin' },
      };
      const changed = await store.update(() => given);
      assert.deepEqual(changed, given);
      assert.equal(store.current, changed);
      await store.close();
    });

    it('are the same object until something changes', async () => {
      const store = await open();
      const before = store.current;
      assert.equal(await store.update((settings) => settings), before);
      assert.equal(store.current, before);
      await store.close();
    });

    it('apply changes one after another, each to the latest', async () => {
      const store = await open();
      const names = Array.from({ length: 10 }, (_, index) => `local:user${index}`);
      await Promise.all(
        names.map((admin) => store.update((settings) => ({ ...settings, admins: [...settings.admins, admin] }))),
      );
      assert.deepEqual(store.current.admins, names);
      await store.close();
    });

    it('stay as they were when a change throws', async () => {
      const store = await open();
      const failing = store.update(() => {
        throw badRequest('No such endpoint.');
      });
      await assert.rejects(failing, { status: 400, message: 'No such endpoint.' });
      await store.update((settings) => ({ ...settings, admins: ['local:ana'] }));
      assert.deepEqual(store.current.admins, ['local:ana']);
      await store.close();
    });

    it('cannot be changed in place, however deep', async () => {
      const store = await open();
      const { endpoints } = await store.update((settings) => ({ ...settings, endpoints: [anEndpoint()] }));
      assert.throws(() => Object.assign(endpoints[0]?.secrets[0] ?? {}, { value: 'mine' }), TypeError);
      assert.throws(() => (endpoints as Endpoint[]).push(anEndpoint()), TypeError);
      await store.close();
    });

    it('call back after every change', async () => {
      const store = await open();
      const seen: (readonly string[])[] = [];
      store.onChange(({ admins }) => seen.push(admins));
      await store.update((settings) => ({ ...settings, admins: ['local:ana'] }));
      await store.update(() => emptySettings);
      assert.deepEqual(seen, [['local:ana'], []]);
      await store.close();
    });

    it('refuse two endpoints of one name, id or token, without telling the token', async () => {
      const other = { id: 'e2', name: 'other', token: 'other' };
      await refuses(
        { endpoints: [anEndpoint(), anEndpoint({ ...other, name: 'api-alerts' })] },
        /`name` is another endpoint’s already: `api-alerts`/,
      );
      await refuses(
        { endpoints: [anEndpoint(), anEndpoint({ ...other, id: 'e1' })] },
        /`id` is another endpoint’s already: `e1`/,
      );
      await refuses(
        { endpoints: [anEndpoint(), anEndpoint({ ...other, token: 'token-of-e1' })] },
        /: `token` is another endpoint’s already\.$/,
      );
    });

    it('refuse a server without its platform, and a time zone that is none', async () => {
      await refuses({ servers: ['123'] }, /`servers\[0\]` must be `platform:server`/);
      await refuses({ zones: { 'discord:1': 'Mars/Olympus' } }, /must be an IANA time zone/);
    });

    it('refuse mutes and templates of an endpoint that is not there', async () => {
      await refuses({ mutes: [aMute()] }, /`endpointId` names no endpoint: `e1`/);
      await refuses(
        { templates: [{ provider: 'github', type: 'push', source: '', endpointId: 'e9' }] },
        /names no endpoint: `e9`/,
      );
    });

    it('name everything that is wrong at once', async () => {
      const wrong = { ...anEndpoint(), name: '', owners: ['ana'], color: 'red' };
      await refuses(
        { endpoints: [wrong], mutes: [aMute({ until: 'soon' })] },
        /`name` must not be empty[\s\S]*`owners\[0\]` must be `platform:user`[\s\S]*`color` is not a known setting[\s\S]*`until` must be an ISO 8601 time/,
      );
    });

    it('bring back any text as it was', async () => {
      const store = await open();
      const text = fc.string({ unit: anyUnit, minLength: 1 }).map((given) => given.toWellFormed());
      const parts = fc.record({
        name: text,
        token: text,
        value: text,
        options: fc.dictionary(text, text, { noNullPrototype: true }),
      });
      await fc.assert(
        fc.asyncProperty(parts, async ({ value, ...rest }) => {
          const endpoint = anEndpoint({ ...rest, secrets: [{ id: 's1', value, createdAt: NOON }] });
          await store.update((settings) => ({ ...settings, endpoints: [endpoint] }));
          assert.deepEqual(store.current.endpoints, [endpoint]);
        }),
        { numRuns: runs(25) },
      );
      await store.close();
    });
  });
}
