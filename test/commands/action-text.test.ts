import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { decodeAction, encodeAction } from '../../src/core/message/action-text.ts';

describe('a command in a button', () => {
  it('comes back as it was sent', () => {
    const words = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('?', '|', '=', '\\', '\\|', '\n', '__proto__', ''),
    );
    const pairs = fc.uniqueArray(fc.tuple(words, words), { selector: ([name]) => name, maxLength: 5 });
    fc.assert(
      fc.property(words.filter(Boolean), pairs, fc.boolean(), (command, pairs, ask) => {
        const options = Object.fromEntries(pairs);
        assert.deepEqual(decodeAction(encodeAction({ command, options }, ask)), { command, options, ask });
      }),
    );
  });

  it('is nothing in a text that nobody encoded', () => {
    assert.equal(decodeAction(''), undefined);
    assert.equal(decodeAction('|a=b'), undefined);
    assert.equal(decodeAction('mute|a=b=c'), undefined);
  });
});
