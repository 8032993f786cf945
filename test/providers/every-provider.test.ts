import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Provider } from '../../src/core/provider/provider.ts';
import { providerContract } from '../contracts/provider.ts';
import { toTrial } from '../doubles/provider-trials.ts';
import { providers } from '../world.ts';

describe('every provider', () => {
  it('is there: all senders that are known well enough, each in a file of its own', () => {
    assert.ok(providers.size >= 250, `${providers.size}`);
  });

  it('has a title, the vendor’s page, and steps that say where its URL goes', () => {
    for (const [name, { title, docs, setup, evidence }] of providers) {
      assert.match(name, /^[a-z0-9]+(?:-[a-z0-9]+)*$/);
      assert.ok(title.length > 1 && title.length < 60, name);
      assert.match(docs, /^https:\/\//, name);
      assert.match(setup, /\{\{url\}\}/, name);
      assert.match(evidence, /^(?:vendor|community)$/);
    }
  });

  it('has names and aliases that no other has', () => {
    const names = [...providers].flatMap(([name, { aliases = [] }]) => [name, ...aliases]);
    assert.deepEqual(
      names.filter((name, index) => names.indexOf(name) !== index),
      [],
    );
  });

  for (const [name, provider] of providers)
    for (const options of optionsOf(provider)) providerContract(toTrial(name, provider, options));
});

/** The options as they are left out, and each of the choices that changes how it signs. */
function optionsOf({ options = {}, checkOptions }: Provider): readonly Readonly<Record<string, string>>[] {
  const choices = Object.entries(options).flatMap(([name, { choices: values = [] }]) =>
    values.map((value) => ({ [name]: value })),
  );
  return [{}, ...choices.filter((chosen) => chosen.verify !== 'query' && !checkOptions?.(chosen))];
}
