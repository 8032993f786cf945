import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import type { NewBatch } from '../../src/core/event/event.ts';
import type { Journal } from '../../src/core/event/journal.ts';
import { runs } from '../runs.ts';
import { aDecided, anEvent, aPost } from './journal.ts';

const LATER = new Date('2999-01-01T12:00:00Z');

let batches = 0;

/** A delivery of several events, each of which is named by its delivery and its number. */
export function aBatch(items: readonly unknown[], parts: Partial<NewBatch> = {}): NewBatch {
  const { type: _, ...shared } = anEvent({
    endpointId: `batch ${++batches}`,
    body: Buffer.from(JSON.stringify(items)),
  });
  const { deliveryId, repeatWindow } = { ...shared, ...parts };
  return {
    ...shared,
    parts: items.map((item, index) => ({
      type: `type ${index}`,
      deliveryId: `${deliveryId}.${index}`,
      repeatWindow,
      place: String(index),
      alone: { contentType: 'application/json; charset=utf-8', body: Buffer.from(JSON.stringify([item])) },
      part: { number: index + 1, of: items.length },
    })),
    ...parts,
  };
}

/** What every journal promises about several events in one delivery. */
export function describeBatches(name: string, open: () => Promise<Journal>) {
  describe(`several events of one delivery in the ${name} journal`, () => {
    let journal: Journal;
    before(async () => {
      journal = await open();
    });
    after(() => journal.close());

    const payloads = (events: readonly { readonly body: Buffer }[]) =>
      events.map(({ body }) => JSON.parse(body.toString()) as unknown);

    it('are as many as came, in their order, each with what it says and nothing else', async () => {
      const item = fc.dictionary(fc.string(), fc.jsonValue(), { noNullPrototype: true }).map(toPlain);
      await fc.assert(
        fc.asyncProperty(fc.array(item, { minLength: 2, maxLength: 20 }), async (items) => {
          const batch = aBatch(items);
          const kept = await journal.events.keepBatch(batch);
          const read = await Promise.all(kept.map(({ id }) => journal.events.get(id)));
          const undecided = (await journal.events.undecided({ limit: 1_000 })).slice(-items.length);
          const listed = await journal.events.list({ endpointId: batch.endpointId, limit: 100 });
          for (const events of [kept, read.flatMap((event) => event ?? []), undecided]) {
            assert.deepEqual(
              payloads(events),
              items.map((value) => [value]),
            );
            assert.deepEqual(
              events.map(({ part, type }) => [part?.number, part?.of, type]),
              items.map((_, index) => [index + 1, items.length, `type ${index}`]),
            );
          }
          assert.deepEqual(
            listed.toReversed().map(({ id, part }) => [id, part]),
            kept.map(({ id, part }) => [id, part]),
          );
        }),
        { numRuns: runs(30) },
      );
    });

    it('share the delivery, whose headers and body are there as they came', async () => {
      const batch = aBatch([{ a: 1 }, { b: 2 }]);
      const [first, second] = await journal.events.keepBatch(batch);
      assert.ok(first && second);
      assert.equal(first.part?.batch, second.part?.batch);
      for (const { id } of [first, second])
        assert.deepEqual(await journal.events.whole(id), { headers: batch.headers, body: batch.body });
      const alone = await journal.events.keep(anEvent());
      assert.equal(await journal.events.whole(alone?.id ?? ''), undefined);
    });

    it('are listed together, by endpoint, type and state too', async () => {
      const batch = aBatch([{ a: 1 }, { b: 2 }]);
      const { endpointId } = batch;
      const [first, second] = await journal.events.keepBatch(batch);
      await journal.events.keep(anEvent({ endpointId }));
      await journal.posts.decide([aDecided(first?.id ?? '', { posts: [] })]);
      const listed = async (query: object) =>
        (await journal.events.list({ limit: 5, batch: first?.part?.batch ?? '', ...query })).map(({ id }) => id);
      assert.deepEqual(await listed({}), [second?.id, first?.id]);
      assert.deepEqual(await listed({ endpointId, state: 'received' }), [second?.id]);
      assert.deepEqual(await listed({ endpointId, state: 'dropped', type: 'type 0' }), [first?.id]);
      assert.deepEqual(await listed({ endpointId: 'another' }), []);
      assert.deepEqual(await listed({ before: second?.id }), [first?.id]);
    });

    it('are a repeat together within their window, and not on another endpoint', async () => {
      const batch = aBatch([{ a: 1 }, { b: 2 }], { repeatKey: 'all' });
      const renamed = batch.parts.map((part) => ({ ...part, deliveryId: `${part.deliveryId} renamed` }));
      assert.equal((await journal.events.keepBatch(batch)).length, 2);
      assert.equal((await journal.events.keepBatch({ ...batch, parts: renamed })).length, 0);
      assert.equal((await journal.events.keepBatch({ ...batch, endpointId: 'elsewhere' })).length, 2);
      const late = new Date(batch.receivedAt.getTime() + batch.repeatWindow * 1000);
      assert.equal((await journal.events.keepBatch({ ...batch, parts: renamed, receivedAt: late })).length, 2);
    });

    it('are each a repeat of one that came before, alone or with others', async () => {
      const batch = aBatch([{ a: 1 }, { b: 2 }, { c: 3 }]);
      const { endpointId, parts } = batch;
      const [, second] = parts;
      assert.ok(await journal.events.keep(anEvent({ endpointId, deliveryId: second?.deliveryId ?? '' })));
      const kept = await journal.events.keepBatch(batch);
      assert.deepEqual(payloads(kept), [[{ a: 1 }], [{ c: 3 }]]);
      assert.equal((await journal.events.keepBatch({ ...batch, deliveryId: 'another' })).length, 0);
      assert.equal(await journal.events.keep(anEvent({ endpointId, deliveryId: second?.deliveryId ?? '' })), undefined);
    });

    it('keep the delivery as long as one of them is there', async () => {
      const kept = await journal.events.keepBatch(aBatch([{ a: 1 }, { b: 2 }]));
      const [first, second] = kept;
      assert.ok(first && second);
      const [post] = await journal.posts.decide([
        aDecided(first.id, { posts: [aPost({ eventId: first.id })] }),
        aDecided(second.id, { posts: [] }),
      ]);
      await journal.prune({ before: LATER });
      assert.equal(await journal.events.get(second.id), undefined);
      assert.deepEqual(payloads([(await journal.events.get(first.id)) ?? { body: Buffer.alloc(0) }]), [[{ a: 1 }]]);
      await journal.posts.settle(post?.id ?? '', { state: 'failed', attempts: 1, error: 'over' });
      await journal.prune({ before: LATER });
      assert.equal(await journal.events.get(first.id), undefined);
      assert.equal(await journal.events.whole(first.id), undefined);
    });

    it('end a page of undecided events where their bodies fill it', async () => {
      await journal.events.keepBatch(aBatch(Array.from({ length: 5 }, () => ({ text: 'x'.repeat(10_000) }))));
      const page = await journal.events.undecided({ limit: 1_000, maxBytes: 25_000, after: await newestBefore(5) });
      assert.equal(page.length, 2);

      async function newestBefore(count: number): Promise<string> {
        const listed = await journal.events.list({ limit: count + 1 });
        return listed[count]?.id ?? '0';
      }
    });
  });
}

/** Without what JSON has no word for, and without names that no payload has. */
function toPlain(value: object): object {
  const { constructor: _, ...rest } = JSON.parse(JSON.stringify(value)) as Record<string, unknown>;
  return JSON.parse(JSON.stringify(rest), (key, inner) =>
    key === '__proto__' || key === 'constructor' ? undefined : Object.is(inner, -0) ? 0 : inner,
  );
}
