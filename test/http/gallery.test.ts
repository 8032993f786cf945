import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadCatalogue } from '../../src/app/catalogue.ts';
import { createStillClock } from '../doubles/clocks/still-clock.ts';
import { aWorld } from '../world.ts';

describe('the gallery of the API', () => {
  it('draws every sample as a preview of its delivery is drawn, and keeps none of them', async () => {
    const { providers, templates } = await loadCatalogue();
    const known = [...providers.keys()].flatMap((name) => [...templates.samples.of(name).values()]);
    await using world = await aWorld({ clock: createStillClock() });
    const { json } = await world.call<Gallery>('/api/v1/gallery');
    assert.deepEqual(
      json.samples.map(({ provider, sample }) => `${provider}/${sample}`),
      known.map(({ provider, type }) => `${provider}/${type}`),
    );
    assert.deepEqual(
      json.samples.flatMap(({ problems }) => problems),
      [],
    );
    for (const provider of new Set(known.map((sample) => sample.provider))) {
      const sample = known.find((one) => one.provider === provider);
      const drawn = json.samples.find((one) => one.provider === provider);
      const preview = await world.call<{ drawings: unknown; text: string }>('/api/v1/preview', {
        method: 'POST',
        body: { provider, headers: sample?.headers, body: sample?.body.toString() },
      });
      assert.deepEqual(drawn?.drawings, preview.json.drawings, provider);
      assert.equal(drawn?.text, preview.json.text);
    }
    assert.deepEqual(await world.events(), []);
  });

  it('draws those of one provider, and still names all that have some', async () => {
    await using world = await aWorld();
    const all = await world.call<Gallery>('/api/v1/gallery');
    const { json } = await world.call<Gallery>('/api/v1/gallery?provider=linear');
    assert.deepEqual(new Set(json.samples.map(({ provider }) => provider)), new Set(['linear']));
    assert.deepEqual(json.providers, all.json.providers);
    assert.equal(json.providers.find(({ name }) => name === 'linear')?.samples, json.samples.length);
  });
});

interface Gallery {
  readonly providers: readonly { readonly name: string; readonly samples: number }[];
  readonly samples: readonly {
    readonly provider: string;
    readonly sample: string;
    readonly text: string;
    readonly drawings: unknown;
    readonly problems: readonly unknown[];
  }[];
}
