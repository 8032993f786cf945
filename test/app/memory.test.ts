import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { createMemory } from '../../src/app/memory.ts';

const MEGABYTE = 1024 * 1024;

describe('what a rush needed', () => {
  for (const [when, heap, utilization, collected] of [
    ['is given back once it is calm', 200 * MEGABYTE, 0.02, 1],
    ['is kept while much is done', 200 * MEGABYTE, 0.5, 0],
    ['is kept where it is little', 110 * MEGABYTE, 0.02, 0],
  ] as const)
    it(when, () => {
      let collections = 0;
      let taken = 100 * MEGABYTE;
      const collect = () => {
        collections++;
        taken = 100 * MEGABYTE;
      };
      const memory = createMemory({ heap: () => taken, utilization: () => utilization, collect });
      taken = heap;
      memory.freeWhenCalm();
      memory.freeWhenCalm();
      assert.equal(collections, collected);
    });

  it('is given back by a real process as soon as it is calm', () => {
    const script = `
      import { createMemory } from ${JSON.stringify(new URL('../../src/app/memory.ts', import.meta.url).href)};
      import { setTimeout as wait } from 'node:timers/promises';
      const heap = () => process.memoryUsage().heapTotal;
      const memory = createMemory();
      memory.free();
      let needed = Array.from({ length: 2_000_000 }, (_, index) => ({ index }));
      const during = heap();
      needed = undefined;
      while (heap() > during / 2) {
        await wait(100);
        memory.freeWhenCalm();
      }
      console.log('given back');`;
    const words = ['--expose-gc', '--input-type=module', '-e', script];
    assert.equal(execFileSync(process.execPath, words, { encoding: 'utf8', timeout: 120_000 }), 'given back\n');
  });
});
