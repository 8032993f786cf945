import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { discover } from '../../src/app/discover.ts';
import type { Helper } from '../../src/render/template/helper.ts';

export const PAGE = join(import.meta.dirname, '../../src/render/README.md');

const HEAD = '| helper | what it does | example | gives |\n|---|---|---|---|\n';
const TABLE = /\| helper \|[^\n]*\n\|[-|]+\|\n(?:\|[^\n]*\n)*/;

/** The page with its table of helpers as their own files describe them. */
export async function withHelpersTable(page: string): Promise<string> {
  const helpers = await discover<Helper>(join(import.meta.dirname, '../../src/render/helpers'));
  const rows = Array.from(helpers)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(
      ([name, { summary, example, gives }]) =>
        `| \`${name}\` | ${summary} | \`${inCell(example)}\` | ${inCell(gives)} |\n`,
    );
  return page.replace(TABLE, () => HEAD + rows.join(''));
}

function inCell(text: string): string {
  return text.replaceAll('|', '\\|').replace(/\s*\n\s*/g, ' ');
}

/** `npm run helpers` writes the table anew. */
if (import.meta.main) writeFileSync(PAGE, await withHelpersTable(readFileSync(PAGE, 'utf8')));
