import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { PAGE, withHelpersTable } from './helpers-table.ts';

it('the README describes every helper as its own file does (`npm run helpers` writes it)', async () => {
  const page = readFileSync(PAGE, 'utf8');
  assert.equal(page, await withHelpersTable(page));
});
