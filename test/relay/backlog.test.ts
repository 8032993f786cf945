import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { createBacklog } from '../../src/relay/backlog.ts';
import { runs } from '../runs.ts';

it('gives everything in order and once, however small the memory, and whenever the journal fails or something comes in between', async () => {
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.constant('add' as const) },
    { weight: 3, arbitrary: fc.constant('take' as const) },
    { weight: 1, arbitrary: fc.constant('pass' as const) },
  );
  const sizes = fc.record({
    items: fc.integer({ min: 1, max: 4 }),
    bytes: fc.integer({ min: 1, max: 30 }),
    page: fc.integer({ min: 1, max: 4 }),
    least: fc.integer({ min: 0, max: 3 }),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 60 }),
      sizes,
      fc.array(fc.nat(5), { maxLength: 40 }),
      async (steps, most, during) => {
        const world = aJournal(during);
        const backlog = createBacklog({
          read: world.read,
          most,
          page: most.page,
          least: () => most.least,
          bytesOf: ({ id }) => Number(id) % 7,
        });
        world.onKept = backlog.add;
        const taken: string[] = [];
        const passed = new Set<string>();
        const next = async () => {
          for (let filled = false; !filled; )
            filled = await backlog.fill().then(
              () => true,
              () => false,
            );
          const [first] = backlog.items();
          return first?.id;
        };
        const take = (id: string) => {
          taken.push(id);
          world.waiting.delete(id);
          backlog.remove(id);
        };
        for (const what of steps) {
          if (what === 'add') world.keep();
          const id = what === 'add' ? undefined : await next();
          if (id === undefined) continue;
          if (what === 'take') take(id);
          else {
            passed.add(id);
            backlog.pass(id);
          }
          assert.ok(backlog.size <= Math.max(most.items, most.least) + most.page);
        }
        for (let id = await next(); id !== undefined; id = await next()) take(id);
        assert.ok(backlog.empty);
        assert.deepEqual([...world.waiting], [...passed]);
        assert.deepEqual(
          taken,
          taken.toSorted((a, b) => Number(a) - Number(b)),
        );
        assert.equal(new Set(taken).size, taken.length);
        assert.equal(taken.length + passed.size, world.kept());
      },
    ),
    { numRuns: runs(500) },
  );
});

/** A journal in which things are kept while it is read, and whose reads fail now and then. */
function aJournal(during: readonly number[]) {
  const waiting = new Set<string>();
  const script = [...during];
  let last = 0;
  const world = {
    waiting,
    kept: () => last,
    onKept: (_item: { readonly id: string }): void => undefined,
    keep() {
      const id = String(++last);
      waiting.add(id);
      world.onKept({ id });
    },
    async read({ after = '0', limit }: { readonly after?: string; readonly limit: number }) {
      const found = [...waiting].filter((id) => Number(id) > Number(after)).slice(0, limit);
      const what = script.shift() ?? 0;
      // Something is kept after the journal was read, and before the answer is there.
      for (let count = 0; count < what % 4; count++) world.keep();
      await undefined;
      if (what === 5) throw new Error('the journal fails');
      return found.map((id) => ({ id }));
    },
  };
  return world;
}
