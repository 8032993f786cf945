import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Delivery } from '../../src/core/delivery/delivery.ts';
import { parseDelivery } from '../../src/core/delivery/parse-delivery.ts';
import type { Recognized } from '../../src/core/provider/recognize.ts';
import { loadTemplates } from '../../src/render/templates.ts';
import { createRecognizer } from '../../src/signatures/recognizing/create-recognizer.ts';
import { signTrial } from '../contracts/provider.ts';
import { toTrial } from '../doubles/provider-trials.ts';
import { providers } from '../world.ts';

const recognize = createRecognizer({ providers });
const named = [...providers].filter(([, { anybody }]) => !anybody);
const { samples } = await loadTemplates(join(import.meta.dirname, '../../templates'));

/** A sample as its sender delivers it: signed, where that is done by a header. */
function signedSample(
  name: string,
  sample: { headers: Readonly<Record<string, string>>; body: Buffer; method: string },
) {
  const headers = Object.fromEntries(Object.entries(sample.headers).map(([key, value]) => [key.toLowerCase(), value]));
  const delivery: Delivery = {
    ...sample,
    headers,
    url: '/in/token',
    query: {},
    receivedAt: new Date(),
    remoteAddress: '',
  };
  const trial = toTrial(name, providers.get(name) as never, {});
  const secret = trial.secrets?.signing;
  if (!secret) return delivery;
  try {
    const context = { url: 'https://hooks.example/in/token', options: {} };
    const proof = providers.get(name)?.signature.sign(parseDelivery(delivery), secret, context);
    return { ...delivery, headers: { ...headers, ...proof } };
  } catch {
    return delivery;
  }
}

const isFirst = ({ candidates }: Recognized, name: string) => candidates[0]?.provider === name;
const isNamed = ({ candidates }: Recognized, name: string) => candidates.some(({ provider }) => provider === name);

describe('who sends is recognised', () => {
  it('by headers and shape, for the senders with designed messages', async () => {
    const missed: string[] = [];
    let [tried, first, wrong] = [0, 0, 0];
    for (const [name] of named)
      for (const sample of samples.of(name).values()) {
        const found = await recognize(signedSample(name, sample));
        tried++;
        if (isFirst(found, name)) first++;
        if (found.clear && !isFirst(found, name)) wrong++;
        if (!isNamed(found, name))
          missed.push(`${name}/${sample.type}: ${found.candidates.map(({ provider }) => provider)}`);
      }
    if (process.env.SHOW) console.log({ tried, first, wrong, missed: missed.length }, missed);
    assert.ok(first / tried >= 0.9, `${first} of ${tried}`);
  });

  it('by what they sign with alone, for every sender', async () => {
    const missed: string[] = [];
    const wrong: string[] = [];
    let [tried, first] = [0, 0];
    for (const [name, provider] of named) {
      const trial = toTrial(name, provider, {});
      if (!trial.secrets && !trial.fetch) continue;
      const found = await recognize(signTrial(trial).delivery);
      tried++;
      if (isFirst(found, name)) first++;
      if (found.clear && !isFirst(found, name)) wrong.push(`${name}: ${found.candidates[0]?.provider}`);
      if (!isNamed(found, name)) missed.push(`${name}: ${found.candidates.map(({ provider }) => provider)}`);
    }
    if (process.env.SHOW) console.log({ tried, first, missed: missed.length }, missed, { wrong });
    assert.ok(first / tried >= 0.7, `${first} of ${tried}`);
  });
});
