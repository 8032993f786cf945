import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Delivery } from '../../src/core/delivery/delivery.ts';
import { parseDelivery } from '../../src/core/delivery/parse-delivery.ts';
import type { Recognized } from '../../src/core/provider/recognize.ts';
import { loadTemplates } from '../../src/render/templates.ts';
import { createRecognizer } from '../../src/signatures/recognizing/create-recognizer.ts';
import { marksOf } from '../../src/signatures/recognizing/provider-marks.ts';
import { signTrial } from '../contracts/provider.ts';
import { toTrial } from '../doubles/provider-trials.ts';
import { providers } from '../world.ts';

/** Every eighth delivery in an ordinary run. */
const STEP = process.env.ENDURANCE ? 1 : 8;

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
  it('by no header that every request has', async () => {
    const headers = {
      'content-type': 'application/json',
      connection: 'keep-alive',
      accept: '*/*',
      host: 'hooks.example',
    };
    const delivery = { method: 'POST', url: '/in/token', headers, query: {}, remoteAddress: '' };
    const found = await recognize({ ...delivery, body: Buffer.from('{"list":[1]}'), receivedAt: new Date() });
    assert.deepEqual(found.candidates, []);
  });

  it('by headers and shape, for the senders with designed messages', async () => {
    const all = named.flatMap(([name]) => [...samples.of(name).values()].map((sample) => ({ name, sample })));
    const tried = all.filter((_, index) => index % STEP === 0);
    const found = await inOrder(tried, async ({ name, sample }) => ({
      name,
      ...(await recognize(signedSample(name, sample))),
    }));
    const first = found.filter((each) => isFirst(each, each.name));
    const missed = found.filter((each) => !isNamed(each, each.name));
    const wrong = found.filter((each) => each.clear && !isFirst(each, each.name));
    const told = `missed ${missed.map(({ name }) => name)}, wrong ${wrong.map(({ name }) => name)}`;
    assert.ok(first.length / tried.length >= 0.88, `${first.length} of ${tried.length}; ${told}`);
    assert.ok(missed.length / tried.length <= 0.04, told);
    assert.ok(wrong.length / tried.length <= 0.03, told);
  });

  it('by a header that no other sender has, whatever the body says', async () => {
    const trials = named.map(([name, provider]) => toTrial(name, provider, {})).filter(({ secrets }) => secrets);
    const owners = new Map<string, number>();
    for (const [, provider] of named)
      for (const mark of marksOf(provider)) owners.set(mark, (owners.get(mark) ?? 0) + 1);
    const marked = trials
      .map((trial) => ({ name: trial.name, delivery: signTrial(trial).delivery }))
      .filter(({ delivery }) => Object.keys(delivery.headers).some((header) => owners.get(header) === 1))
      .filter((_, index) => index % STEP === 0);
    assert.ok(marked.length >= 10, `${marked.length} have one`);
    const found = await inOrder(marked, async ({ name, delivery }) => ({ name, ...(await recognize(delivery)) }));
    assert.deepEqual(
      found.filter((each) => !isFirst(each, each.name)).map(({ name, candidates }) => [name, candidates[0]?.provider]),
      [],
    );
  });

  it('as nobody, where nothing speaks for anybody', async () => {
    const { sample } = { sample: { method: 'POST', headers: {}, body: Buffer.from('{"hello":"world"}') } };
    const found = await recognize({
      ...sample,
      url: '/in/token',
      query: {},
      receivedAt: new Date(),
      remoteAddress: '',
    });
    assert.deepEqual(found, { candidates: [], clear: false });
  });
});

async function inOrder<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (const item of items) results.push(await work(item));
  return results;
}
