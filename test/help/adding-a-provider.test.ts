import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';

describe('the page on adding a provider', () => {
  it('shows a provider that imports what there is', async () => {
    const [, example = ''] = /```ts\n([\s\S]*?)```/.exec(readFileSync('src/web/help/add-a-provider.md', 'utf8')) ?? [];
    const imports = [...example.matchAll(/import \{ (.+) \} from '(.+)';/g)];
    assert.ok(imports.length >= 3);
    for (const [, names = '', path = ''] of imports) {
      const module: unknown = await import(new URL(path, pathToFileURL('src/providers/doorbell.ts')).href);
      assert.ok(typeof module === 'object' && module !== null);
      for (const name of names.split(', ')) assert.ok(name in module, `${path} exports no ${name}`);
    }
  });
});
