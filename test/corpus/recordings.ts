import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadCatalogue } from '../../src/app/catalogue.ts';
import { toFreshDelivery } from '../../src/core/provider/fresh-delivery.ts';
import { aWorld, type Endpoint } from '../world.ts';
import { CORPUS, loadCorpus, missing, toDelivery } from './load-corpus.ts';

const GIVEN = 'secret=whsec_dGhlIHNlY3JldCB0aGF0IHdhcyBnaXZlbiB0byB1cw==';
const skip = missing(CORPUS);

describe('recorded payloads', { skip }, () => {
  const recordings = skip ? [] : loadCorpus(CORPUS);

  it('are all accepted by a generic endpoint, and each makes a message', async () => {
    await using world = await aWorld();
    const endpoint = await world.endpoint('generic', 'in #ops');
    assert.ok(recordings.length > 600, `${recordings.length} payloads`);
    const statuses = new Set<number>();
    for (const { body, headers } of recordings)
      statuses.add((await world.deliver(endpoint, { body, headers: headers[0] })).status);
    await world.settled();
    // Some are recorded twice to the byte, and count as repeats.
    assert.deepEqual(
      [...statuses].filter((status) => status !== 202 && status !== 200),
      [],
    );
    assert.equal((await world.events('state=failed')).length, 0);
    assert.equal((await world.events('state=queued')).length, 0);
  });

  it('are all verified and kept by an endpoint of their own provider, when they are signed', async () => {
    await using world = await aWorld();
    const { providers } = await loadCatalogue();
    const own = recordings.flatMap((recording) => {
      const provider = providers.get(recording.provider);
      return provider && recording.provider !== 'generic' ? [{ recording, provider }] : [];
    });
    assert.ok(own.length > 150, `${own.length} payloads`);
    const endpoints = new Map<string, Endpoint>();
    for (const { recording, provider } of own) {
      const name = recording.provider;
      const given = provider.secret === 'theirs' ? GIVEN : '';
      const endpoint = endpoints.get(name) ?? (await world.endpoint(name, `in #${name} ${given}`));
      endpoints.set(name, endpoint);
      const sample = { provider: name, type: '', ...toDelivery(recording), headers: recording.headers[0] };
      const context = { url: endpoint.url, options: {} };
      const delivery = toFreshDelivery({ sample, provider, secret: endpoint.secret, context, now: new Date() });
      const headers = Object.fromEntries(Object.entries(delivery.headers).map(([key, value]) => [key, String(value)]));
      const { status } = await fetch(endpoint.url, { method: 'POST', headers, body: new Uint8Array(delivery.body) });
      assert.ok(status === 202 || status === 200, `${recording.file}: ${status}`);
    }
    await world.settled();
    assert.deepEqual((await world.events('state=failed')).length + (await world.events('state=queued')).length, 0);
  });
});
