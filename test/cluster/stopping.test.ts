import assert from 'node:assert/strict';
import { it } from 'node:test';
import { startBellhop } from '../bench/bellhop.ts';
import { aDatabase } from '../doubles/postgres.ts';
import { takesLong } from '../runs.ts';
import { until } from '../until.ts';
import { aPush, signed } from '../world.ts';

it('A node that is asked to end finishes what it took, and another goes on at once', { skip: takesLong }, async (t) => {
  const shared = { DATABASE_URL: await aDatabase(), BELLHOP_KEY: 'a'.repeat(64) };
  const leader = await startBellhop(shared);
  const other = await startBellhop(shared);
  t.after(async () => {
    await leader.stop();
    await other.stop();
  });
  const { url, secret } = await leader.endpoint('#ops');
  const acknowledged: string[] = [];
  let isEnding = false;

  /** Delivers as a load balancer would: to the other node where this one is no longer ready. */
  async function deliver(number: number): Promise<void> {
    const message = `Oil hinge ${number}`;
    const { headers, payload } = aPush({ message });
    const body = JSON.stringify(payload);
    for (const node of [number % 2 ? leader : other, other]) {
      const request = {
        method: 'POST',
        headers: signed({ provider: 'github', url }, { headers, body: Buffer.from(body), secret }),
        body,
      };
      const answer = await fetch(new URL(new URL(url).pathname, node.url), request).catch((error: unknown) => {
        if (!isEnding || node === other) throw error;
      });
      if (!answer) continue;
      assert.ok(answer.status < 300, `${answer.status}`);
      acknowledged.push(message);
      return;
    }
  }

  let number = 0;
  for (; number < 15; number++) await deliver(number);
  isEnding = true;
  const ended = leader.stop();
  for (; number < 40; number++) await deliver(number);
  await ended;
  const posted = await until(async () => {
    const texts = (await other.messages<{ text: string }>('ops')).flatMap(
      ({ text }) => /Oil hinge \d+/.exec(text) ?? [],
    );
    return texts.length >= acknowledged.length && (await other.owed()) === 0 ? texts : undefined;
  });
  assert.equal(acknowledged.length, 40);
  assert.deepEqual(posted.toSorted(), acknowledged.toSorted());
});
