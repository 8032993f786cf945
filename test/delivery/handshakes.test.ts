import assert from 'node:assert/strict';
import { request } from 'node:http';
import { describe, it } from 'node:test';
import { aWorld, type World } from '../world.ts';

describe('a sender that proves the URL first', () => {
  it('is answered when it asks by HEAD', async () => {
    await using world = await aWorld();
    const { url } = await world.endpoint('generic');
    assert.equal((await fetch(url, { method: 'HEAD' })).status, 200);
    await nothingIsPosted(world);
  });

  it('is allowed to deliver when it asks by OPTIONS, at any rate', async () => {
    await using world = await aWorld();
    const { url } = await world.endpoint('generic');
    const headers = { 'webhook-request-origin': 'eventgrid.azure.net', 'webhook-request-rate': '120' };
    const response = await fetch(url, { method: 'OPTIONS', headers });
    assert.deepEqual(
      [response.status, response.headers.get('webhook-allowed-origin'), response.headers.get('webhook-allowed-rate')],
      [200, 'eventgrid.azure.net', '*'],
    );
    await nothingIsPosted(world);
  });

  it('gets no answer to OPTIONS that names no origin, or one that is none', async () => {
    await using world = await aWorld();
    const { url } = await world.endpoint('generic');
    for (const headers of [{}, { 'webhook-request-origin': 'a b' }, { 'webhook-request-origin': 'x'.repeat(300) }])
      assert.equal((await fetch(url, { method: 'OPTIONS', headers })).status, 405);
  });

  it('gets its code back: Azure Event Grid', async () => {
    await using world = await aWorld();
    const { url } = await world.endpoint('generic', 'verify=token');
    const event = {
      id: '2d1781af-3a4c-4d7c-bd0c-e34b19da4e66',
      topic: '/subscriptions/1',
      subject: '',
      data: { validationCode: '512d38b6-c7b8-40c8-89fe-f46f9e9622b6', validationUrl: 'https://example.com/validate' },
      eventType: 'Microsoft.EventGrid.SubscriptionValidationEvent',
      eventTime: '2026-01-25T22:12:19.4556811Z',
    };
    const response = await fetch(url, { method: 'POST', body: JSON.stringify([event]) });
    assert.deepEqual(
      [response.status, await response.json()],
      [200, { validationResponse: '512d38b6-c7b8-40c8-89fe-f46f9e9622b6' }],
    );
    await nothingIsPosted(world);
  });

  it('cannot deliver by it: what only mentions the validation is verified like anything else', async () => {
    await using world = await aWorld();
    const { url } = await world.endpoint('generic', 'verify=token');
    const bodies = [
      '{"text":"Microsoft.EventGrid.SubscriptionValidationEvent"}',
      '[{"eventType":"Microsoft.EventGrid.SubscriptionValidationEvent"}]',
    ];
    for (const body of bodies) assert.equal((await fetch(url, { method: 'POST', body })).status, 401);
  });

  it('is turned away where the provider asks in no such way', async () => {
    await using world = await aWorld();
    const { url } = await world.endpoint('github');
    for (const method of ['HEAD', 'OPTIONS']) assert.equal(await statusOf(method, url), 405, method);
  });
});

/** It is kept and seen in the history, and nothing is posted. */
async function nothingIsPosted(world: World): Promise<void> {
  await world.settled();
  const events = await world.events();
  assert.deepEqual(
    events.map(({ type, state }) => [type, state]),
    [['handshake', 'dropped']],
  );
  assert.deepEqual([await world.messages(), await world.refusals()], [[], []]);
  assert.match((await world.type('/webhook history')).text, /a handshake, answered with 200/);
  assert.match((await world.type(`/webhook why ${events[0]?.id}`)).text, /it is a handshake/);
  assert.match((await world.type(`/webhook replay ${events[0]?.id}`)).text, /never posted/);
}

function statusOf(method: string, url: string): Promise<number | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<number | undefined>();
  request(url, { method }, (response) => resolve(response.resume().statusCode))
    .on('error', reject)
    .end();
  return promise;
}
