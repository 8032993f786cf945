import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { Delivery } from '../../src/core/delivery/delivery.ts';
import type { Journal } from '../../src/core/event/journal.ts';
import { type ByteSealer, createByteSealer } from '../../src/stores/shared/byte-sealer.ts';

const AT = new Date('2026-01-05T12:00:00Z');
const MEGABYTE = 1024 * 1024;

/** What a journal promises about the deliveries of endpoints for which nobody has said yet who sends. */
export function describeHolding(name: string, open: (sealer?: ByteSealer) => Promise<Journal>) {
  describe(`what a ${name} journal holds for pending endpoints`, () => {
    let journal: Journal;
    beforeEach(async () => {
      journal = await open(createByteSealer(randomBytes(32), 'a test'));
    });
    afterEach(() => journal?.close());

    it('is given back as it arrived, oldest first, and only of the endpoint that is asked for', async () => {
      const [first, second] = [aDelivery({ body: randomBytes(100) }), aDelivery({ method: 'GET' })];
      assert.deepEqual([await journal.held.add('one', first), await journal.held.add('one', second)], [1, 2]);
      assert.equal(await journal.held.add('other', first), 1);
      assert.deepEqual(
        (await journal.held.list('one')).map(({ delivery }) => delivery),
        [first, second],
      );
      assert.deepEqual([await journal.held.count('one'), await journal.held.count('nobody')], [2, 0]);
    });

    it('is gone once it is removed or forgotten', async () => {
      for (const endpointId of ['one', 'one', 'two', 'three']) await journal.held.add(endpointId, aDelivery());
      const [oldest] = await journal.held.list('one');
      await journal.held.remove([oldest?.id ?? '']);
      await journal.held.remove([]);
      await journal.held.forget(['two']);
      await journal.held.forget([]);
      const counts = await Promise.all(['one', 'two', 'three'].map((endpointId) => journal.held.count(endpointId)));
      assert.deepEqual(counts, [1, 0, 1]);
    });

    it('is bounded in number for each endpoint, also when many arrive at once', async () => {
      const added = await Promise.all(Array.from({ length: 30 }, () => journal.held.add('one', aDelivery())));
      assert.equal(added.filter((number) => number !== undefined).length, 20);
      assert.equal(await journal.held.count('one'), 20);
      assert.equal(await journal.held.add('two', aDelivery()), 1);
    });

    it('is bounded in bytes for each endpoint, and for all together', async () => {
      const large = aDelivery({ body: randomBytes(2 * MEGABYTE) });
      const added: (number | undefined)[] = [];
      for (let index = 0; index < 3; index++) added.push(await journal.held.add('one', large));
      assert.deepEqual(added, [1, 2, undefined]);
      let held = 2;
      for (let index = 0; index < 30; index++) if (await journal.held.add(`endpoint-${index}`, large)) held++;
      assert.ok(held * 2 <= 50, `${held} of 2 MB each are held`);
    });

    it('is nothing where nothing can be sealed, or opened with another key', async () => {
      const unsealed = await open();
      try {
        assert.equal(await unsealed.held.add('one', aDelivery()), undefined);
        assert.deepEqual(await unsealed.held.list('one'), []);
      } finally {
        await unsealed.close();
      }
    });
  });
}

function aDelivery(parts: Partial<Delivery> = {}): Delivery {
  return {
    method: 'POST',
    url: '/in/token',
    headers: { 'content-type': 'application/json', 'x-signature': 'v1=abc' },
    query: {},
    body: Buffer.from('{"action":"opened"}'),
    receivedAt: AT,
    remoteAddress: '203.0.113.7',
    ...parts,
  };
}
