import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { CommandDescription } from '../../src/web/api/shapes.ts';
import { findSpot } from '../../src/web/chat/find-spot.ts';
import { accept, suggest, toValue } from '../../src/web/chat/suggest.ts';

const text = { type: 'string', description: '' } as const;
const commands: readonly CommandDescription[] = [
  {
    name: 'mute',
    summary: 'Keep a source quiet',
    examples: [],
    permission: 'owner',
    options: [
      { ...text, name: 'endpoint', positional: true, complete: 'endpoint' },
      { ...text, name: 'source', optional: true, complete: 'source' },
      { ...text, name: 'for', type: 'duration', keyword: 'for', choices: ['30m', '2h'] },
      { ...text, name: 'reason', keyword: 'because', optional: true, rest: true },
      { ...text, name: 'confirm', type: 'flag', optional: true },
    ],
  },
  { name: 'mutes', summary: '', examples: [], permission: 'member', options: [] },
  { name: 'unmute', summary: '', examples: [], permission: 'owner', options: [] },
];

describe('typing a command on the page', () => {
  it('suggests commands by their beginning first', () => {
    assert.deepEqual(labels('/webhook mut'), ['mute', 'mutes', 'unmute']);
  });

  it('completes a command without its prefix too', () => {
    assert.equal(taken('unm'), '/webhook unmute ');
    assert.equal(taken('/web'), '/webhook mute ');
  });

  it('asks for the value of the next positional option', () => {
    assert.deepEqual(optionAt('/webhook mute gi'), { name: 'endpoint', typed: 'gi' });
  });

  it('asks for the value that a keyword waits for', () => {
    assert.deepEqual(optionAt('/webhook mute api for 3'), { name: 'for', typed: '3' });
    assert.deepEqual(labels('/webhook mute api for 3'), ['30m']);
  });

  it('asks for the value after a name and an equals sign', () => {
    assert.deepEqual(optionAt('/webhook mute api source="acme/a'), { name: 'source', typed: 'acme/a' });
  });

  it('offers only options that are not given yet', () => {
    assert.deepEqual(labels('/webhook mute api for 2h '), ['source=', 'because', 'confirm']);
  });

  it('takes a keyword for text where a value is awaited', () => {
    assert.deepEqual(labels('/webhook mute api because for '), ['source=', 'for', 'confirm']);
  });

  it('suggests nothing for a command that does not exist', () => {
    assert.equal(findSpot('/webhook mutt x', 15, commands), undefined);
  });

  it('writes a suggestion over what is typed, and keeps what follows the cursor', () => {
    const line = '/webhook mute ap for 2h';
    const spot = findSpot(line, 16, commands);
    assert.ok(spot);
    assert.deepEqual(accept(line, 16, spot, toValue('my api', 'my api', '')), {
      line: '/webhook mute "my api" for 2h',
      cursor: 23,
    });
  });

  it('finds a place inside every line', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(40), (line, cursor) => {
        const spot = findSpot(`/webhook mute ${line}`, 14 + Math.min(cursor, line.length), commands);
        assert.ok(!spot || spot.from <= 14 + line.length);
      }),
    );
  });
});

function labels(line: string): readonly string[] {
  const spot = findSpot(line, line.length, commands);
  return spot ? suggest(spot, commands).map(({ label }) => label) : [];
}

function optionAt(line: string) {
  const spot = findSpot(line, line.length, commands);
  return { name: spot?.option?.name, typed: spot?.typed };
}

function taken(line: string): string | undefined {
  const spot = findSpot(line, line.length, commands);
  const [first] = spot ? suggest(spot, commands) : [];
  return spot && first && accept(line, line.length, spot, first).line;
}
