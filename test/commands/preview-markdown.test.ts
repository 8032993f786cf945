import assert from 'node:assert/strict';
import { it } from 'node:test';
import { previewMarkdown } from '../../src/commands/shared/pending/preview-markdown.ts';
import { inlineCode } from '../../src/core/message/markdown/inline-code.ts';
import { toMessage } from '../../src/core/message/message.ts';

it('a preview that cuts a line of code makes no markup of the line behind it', () => {
  const body = `${inlineCode('a'.repeat(400))}\n${inlineCode('[here](http://evil.example)')}`;
  const [first = '', second = ''] = previewMarkdown(toMessage({ body })).split('\n');
  assert.match(first, /^> \\`a+…$/);
  assert.equal(second, '> `[here](http://evil.example)`');
});
