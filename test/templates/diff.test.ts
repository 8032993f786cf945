import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { lineDiff } from '../../src/core/text/line-diff.ts';

describe('what differs between two texts', () => {
  it('is shown line by line, with a little of what is around it', () => {
    const before = 'one\ntwo\nthree\nfour\nfive\nsix\nseven';
    assert.equal(
      lineDiff(before, before.replace('four', 'FOUR'), { around: 1 }),
      '  …\n  three\n- four\n+ FOUR\n  five\n  …',
    );
    assert.equal(lineDiff('', 'new'), '- \n+ new');
    assert.equal(lineDiff('same\n', 'same'), '');
  });

  it('is bounded, whatever the texts', () => {
    const line = fc.constantFrom('a', 'b', '', '- x', '+ y', '```', '…');
    const text = fc.array(line, { maxLength: 200 }).map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(text, text, fc.integer({ min: 1, max: 40 }), (before, after, most) => {
        const lines = lineDiff(before, after, { most }).split('\n');
        assert.ok(lines.length <= most + 1);
        assert.ok(
          lines.every((each) => /^(?:[-+ ] |…|$)/.test(each)),
          lines.join('|'),
        );
      }),
    );
    const long = Array.from({ length: 30_000 }, (_, index) => `line ${index}`).join('\n');
    assert.ok(lineDiff(long, long.replaceAll('line', 'row')).split('\n').length <= 61);
  });
});
