import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createSchemeFinder } from '../../src/signatures/finding/create-scheme-finder.ts';
import { signTrial, URL_OF_ENDPOINT } from '../contracts/provider.ts';
import { toTrial } from '../doubles/provider-trials.ts';
import { providers } from '../world.ts';

/** Every twelfth sender in an ordinary run. */
const STEP = process.env.ENDURANCE ? 1 : 12;

const trials = [...providers]
  .filter(([, { anybody }]) => !anybody)
  .map(([name, provider]) => toTrial(name, provider, {}))
  .filter(({ secrets, fetch }) => secrets !== undefined || fetch !== undefined);

describe('whose a delivery is', () => {
  for (const trial of trials.filter((_, index) => index % STEP === 0))
    it(`is found where it is signed as ${trial.name} signs`, async () => {
      const { name, secrets } = trial;
      const find = createSchemeFinder({ providers, ...(trial.fetch && { fetch: trial.fetch }) });
      const { delivery } = signTrial(trial);
      const known = ['a-secret-of-another-endpoint', ...(secrets?.known ? [secrets.known] : [])];
      const { found } = await find({ delivery, secrets: known, url: URL_OF_ENDPOINT });
      const own = found.find(({ provider }) => provider === name);
      assert.ok(own, `found ${found.map(({ provider }) => provider).join(', ') || 'nothing'}`);
      assert.deepEqual([own.twist, own.off], [undefined, undefined]);
      if (secrets?.known) assert.equal(own.secret === undefined ? undefined : known[own.secret], secrets.known);

      const without = await find({ delivery, secrets: ['a-secret-of-another-endpoint'], url: URL_OF_ENDPOINT });
      if (secrets?.known && secrets.known === secrets.signing) assert.deepEqual(without.found, []);
    });
});
