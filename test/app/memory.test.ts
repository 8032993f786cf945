import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { it } from 'node:test';

const MEGABYTE = 1024 * 1024;

/** How much memory there was during a rush, right after it, and when nothing happened for a while. */
function rush(): readonly [number, number, number] {
  const script = `
    import { createMemory } from ${JSON.stringify(new URL('../../src/app/memory.ts', import.meta.url).href)};
    import { setTimeout as wait } from 'node:timers/promises';
    const seen = [];
    const look = () => seen.push(process.memoryUsage().heapTotal);
    await wait(1);
    const memory = createMemory();
    memory.letGo();
    let needed = Array.from({ length: 2_000_000 }, (_, index) => ({ index }));
    look();
    needed = undefined;
    memory.letGoWhenCalm();
    look();
    await wait(1_000);
    memory.letGoWhenCalm();
    look();
    console.log(JSON.stringify(seen));`;
  const said = execFileSync(process.execPath, ['--expose-gc', '--input-type=module', '-e', script], {
    encoding: 'utf8',
  });
  return JSON.parse(said);
}

it('gives back what a rush needed once it is calm, and not before', () => {
  const [during, after, calm] = rush();
  assert.ok(after > during - 8 * MEGABYTE, `${after} of ${during} bytes right after`);
  assert.ok(calm < during / 2, `${calm} of ${during} bytes when it was calm`);
});
