import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readWhole } from './read-whole.ts';

describe('what changed', () => {
  for (const [said, payload] of [
    ['from and to', { changes: { stage: { from: 'Open', to: 'Won' } } }],
    ['old and new', { changes: { stage: { old: 'Open', new: 'Won' } } }],
    ['a list of fields', { changes: [{ field: 'stage', fromString: 'Open', toString: 'Won' }] }],
    ['names with before and after', { stageBefore: { name: 'Open' }, stageAfter: { name: 'Won' } }],
    ['names with previous', { previous_stage: 'Open', stage: 'Won' }],
    ['the whole thing twice', { previous: { stage: 'Open', id: 4 }, current: { stage: 'Won', id: 4 } }],
  ] as const)
    it(`is said in one line, given as ${said}`, () => {
      const { body } = readWhole({ event: 'deal.updated', deal: { name: 'Lamps' }, ...payload });
      assert.match(body, /Stage: Open → Won/);
    });

  it('is not said of bookkeeping and secrets', () => {
    const { body } = readWhole({
      event: 'deal.updated',
      deal: { name: 'Lamps' },
      changes: {
        updated_at: { from: '2026-05-01T10:00:00Z', to: '2026-05-01T11:00:00Z' },
        password: { from: 'hunter1', to: 'hunter2' },
        etag: { from: 'a', to: 'b' },
      },
    });
    assert.doesNotMatch(body, /→|hunter/);
  });

  it('is said in words, though a program gives them', () => {
    const { body } = readWhole({ component: { name: 'Door' }, old_status: 'operational', new_status: 'major_outage' });
    assert.match(body, /Status: operational → major outage/);
  });

  it('is said where it was nothing before', () => {
    const { body } = readWhole({ event: 'deal.updated', deal: { name: 'Lamps' }, changes: { stage: { new: 'Won' } } });
    assert.match(body, /Stage: → Won/);
  });
});
