import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { describeGaps } from '../../src/core/event/searching/body-index.ts';
import { until } from '../until.ts';
import { aWorld, type World } from '../world.ts';

const ROOM = { maxBytes: 1_000_000 };

/** A world with an endpoint that has posted these payloads, all of which can be searched. */
async function aSearchedWorld(...payloads: readonly unknown[]) {
  const world = await aWorld();
  const endpoint = await world.endpoint('generic', 'in #ops');
  for (const payload of payloads) await world.deliver(endpoint, { payload });
  await world.settled();
  await world.app.relay.searchBodies(ROOM);
  return { world, endpoint };
}

async function found(world: World, body: string, more = ''): Promise<readonly string[]> {
  return (await world.events(`body=${encodeURIComponent(body)}${more}`)).map(({ id }) => id);
}

describe('a search in bodies', () => {
  it('finds what no list shows, by names and values, in the API and in the chat', async () => {
    const { world } = await aSearchedWorld(
      { title: 'An invoice', lines: [{ article: 'Hinge, brass', sku: 'HB-7741', amount: 12.5 }] },
      { title: 'Another invoice' },
    );
    await using _ = world;
    assert.deepEqual(await found(world, 'hb-7741'), ['1']);
    assert.deepEqual(await found(world, 'brass sku', '&endpoint=generic&state=posted&q=invoice'), ['1']);
    assert.deepEqual(await found(world, 'invoice'), ['2', '1']);
    const reply = await world.type('/webhook history body=HB-7741');
    assert.match(reply.text, /An invoice/);
    assert.doesNotMatch(reply.text, /Another/);
    assert.match((await world.type('/webhook history body="no such words"')).text, /No event matches/);
  });

  it('finds no secret: neither ours nor one that is masked by its name or its shape', async () => {
    const { world, endpoint } = await aSearchedWorld({
      title: 'A reset',
      password: 'Tr0ub4dor',
      text: 'the password was Tr0ub4dor, the token is ghp_0123456789abcdefghijklmnopqrstuvwxyz',
    });
    await using _ = world;
    const { secret } = await aSecretInABody(world, endpoint);
    assert.deepEqual(await found(world, 'tr0ub4dor'), []);
    assert.deepEqual(await found(world, 'ghp_0123456789abcdefghijklmnopqrstuvwxyz'), []);
    assert.deepEqual(await found(world, '0123456789abc*'), []);
    assert.deepEqual(await found(world, secret), []);
    assert.deepEqual(await found(world, 'reset'), ['1']);
    assert.deepEqual(await found(world, 'leaked'), ['2']);
  });

  it('says what it leaves out', async () => {
    await using world = await aWorld({ environment: { SEARCH_BODIES_MB: '0' } });
    const endpoint = await world.endpoint('generic', 'in #ops');
    await world.deliver(endpoint, { payload: { title: 'The first' } });
    await world.settled();
    const { json } = await world.call<{ gaps?: string }>('/api/v1/events?body=first');
    assert.match(json.gaps ?? '', /No bodies are searched yet/);
    assert.match((await world.type('/webhook history body=first')).text, /No bodies are searched yet/);
    const from = { eventId: '7', receivedAt: new Date('2026-03-01T12:00:00Z') };
    const gaps = (isOlderLeft: boolean, isNewerLeft: boolean) =>
      describeGaps({ from, isOlderLeft, isNewerLeft }, (at) => at.toISOString());
    assert.equal(gaps(false, false), undefined);
    assert.equal(gaps(false, true), 'The newest bodies are not indexed yet.');
    assert.match(
      gaps(true, true) ?? '',
      /^Only bodies received since 2026-03-01T12:00:00\.000Z are searched\. Older ones .* The newest/,
    );
  });

  it('keeps to its room, and forgets the oldest', async () => {
    await using world = await aWorld({ environment: { SEARCH_BODIES_MB: '0.0003' } });
    const endpoint = await world.endpoint('generic', 'in #ops');
    await world.deliver(endpoint, { payload: { title: 'Old', note: 'antique' } });
    for (let count = 0; count < 60; count++) await world.deliver(endpoint, { payload: { title: `New ${count}` } });
    await world.settled();
    const room = { maxBytes: 0.0003 * 1024 * 1024 };
    await until(async () => {
      await world.app.relay.searchBodies(room);
      return (await found(world, '59')).length === 1;
    });
    assert.deepEqual(await found(world, 'antique'), []);
    const { json } = await world.call<{ gaps?: string }>('/api/v1/events?body=first');
    assert.match(json.gaps ?? '', /^Only bodies received since 20.*Older ones are not/);
  });

  it('reads no body that is very large, and the beginning of one that is large', async () => {
    const words = (count: number) => Array.from({ length: count }, (_, index) => `w${index}`).join(' ');
    const { world } = await aSearchedWorld(
      { title: 'Huge', text: words(120_000) },
      { title: 'Large', text: words(40_000) },
      { title: 'Small', text: words(10) },
    );
    await using _ = world;
    assert.deepEqual(await found(world, 'w5'), ['3', '2']);
    assert.deepEqual(await found(world, 'w39999'), []);
  });

  it('is as safe with bytes that are no text', async () => {
    await using world = await aWorld();
    const endpoint = await world.endpoint('generic', 'in #ops');
    const body = Buffer.from([0, 255, 254, 128, 0, 10, 13, 0xd8, 0x00]);
    await world.deliver(endpoint, { body, headers: { 'content-type': 'application/octet-stream' } });
    await world.deliver(endpoint, { payload: { title: 'After it' } });
    await world.settled();
    await world.app.relay.searchBodies(ROOM);
    assert.deepEqual(await found(world, 'after'), ['2']);
  });
});

async function aSecretInABody(world: World, endpoint: Awaited<ReturnType<World['endpoint']>>) {
  const [, secret = ''] = /\/in\/([\w-]+)/.exec(endpoint.url) ?? [];
  await world.deliver(endpoint, { payload: { title: 'Leaked', text: `sent to ${secret}, it leaked` } });
  await world.settled();
  await world.app.relay.searchBodies(ROOM);
  return { secret };
}
