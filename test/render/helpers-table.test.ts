import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { discover } from '../../src/app/discover.ts';
import type { Helper } from '../../src/render/template/helper.ts';

const folder = join(import.meta.dirname, '../../src/render');

it('the README describes helpers as their own files do, and none that is gone', async () => {
  const helpers = await discover<Helper>(join(folder, 'helpers'));
  const rows = new Set(
    Array.from(helpers, ([name, { summary, example }]) => `| \`${name}\` | ${summary} | \`${inCell(example)}\` |`),
  );
  const lines = readFileSync(join(folder, 'README.md'), 'utf8').split('\n');
  assert.deepEqual(
    lines.filter((line) => line.startsWith('| `') && !rows.has(line)),
    [],
  );
});

function inCell(text: string): string {
  return text.replaceAll('|', '\\|');
}
