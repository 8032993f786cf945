import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { ChatMessage } from '../../../src/web/api/shapes.ts';
import {
  LONGEST,
  type Page,
  type Stretch,
  toStretch,
  withFilled,
  withNewer,
  withNewest,
  withNews,
  withOlder,
} from '../../../src/web/chat/timeline/stretch.ts';

const PAGE = 50;

describe('the part of a channel on the page', () => {
  it('shows what was missed as a hole, and closes it page by page', () => {
    const stretch = withNewest(toStretch(toPage([1, 2], 9)), toPage([8, 9], 9), 5);
    assert.deepEqual([idsOf(stretch), stretch.holes], [[1, 2, 8, 9], [{ after: '2', count: 5 }]]);
    const [hole] = stretch.holes;
    assert.ok(hole);
    const fuller = withFilled(stretch, hole, { messages: [message(3), message(4)], older: 0, newer: 3 });
    assert.deepEqual([idsOf(fuller), fuller.holes], [[1, 2, 3, 4, 8, 9], [{ after: '4', count: 3 }]]);
  });

  it('keeps the newer of two versions of a message, whichever comes first', () => {
    const edited = { ...message(1), text: 'edited', editedAt: '2026-03-02T12:00:00.000Z' };
    const late = withNews(withNews(toStretch(toPage([1], 1)), edited, { following: true }), message(1), {
      following: true,
    });
    assert.equal(late.messages[0]?.text, 'edited');
  });

  it('takes over nothing that its reader would be moved by', () => {
    const full = toStretch(toPage(range(1, LONGEST), LONGEST));
    const away = withNews(full, message(LONGEST + 1), { following: false });
    assert.deepEqual([idsOf(away), away.newer], [range(1, LONGEST), 1]);
    const there = withNews(full, message(LONGEST + 1), { following: true });
    assert.deepEqual([idsOf(there), there.older], [range(2, LONGEST + 1), 1]);
  });

  it('never shows two messages as neighbours between which one is missing, whatever happens', () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constantFrom('older', 'newer', 'fill', 'reconnect') }),
      fc.record({ kind: fc.constantFrom('post', 'lose'), count: fc.integer({ min: 1, max: 120 }) }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 }), fc.boolean(), fc.array(step), (size, following, steps) => {
        let last = size;
        let stretch = toStretch(pageBefore(last + 1, last));
        for (const { kind, ...rest } of steps) {
          const count = 'count' in rest ? Number(rest.count) : 0;
          if (kind === 'post') {
            for (const id of range(last + 1, last + count)) stretch = withNews(stretch, message(id), { following });
            last += count;
          } else if (kind === 'lose') {
            last += count;
            stretch = reconnect(stretch, last);
          } else stretch = turn(kind, stretch, last);
          check(stretch, last);
        }
      }),
    );
  });
});

/** What the page does, before a channel whose messages are 1 to `last`. */
function turn(kind: string, stretch: Stretch, last: number): Stretch {
  const [first, newest] = [Number(stretch.messages[0]?.id ?? 1), Number(stretch.messages.at(-1)?.id ?? 0)];
  if (kind === 'older' && stretch.older > 0) return withOlder(stretch, pageBefore(first, last));
  if (kind === 'newer' && stretch.newer > 0) return withNewer(stretch, pageAfter(newest, last));
  const [hole] = stretch.holes;
  if (kind !== 'fill' || !hole) return stretch;
  const next = stretch.messages.find(({ id }) => Number(id) > Number(hole.after));
  return withFilled(stretch, hole, pageAfter(Number(hole.after), Number(next?.id) - 1));
}

function reconnect(stretch: Stretch, last: number): Stretch {
  if (stretch.newer > 0) return { ...stretch, newer: last - Number(stretch.messages.at(-1)?.id) };
  const known = Number(stretch.messages.at(-1)?.id ?? 0);
  const newest = pageBefore(last + 1, last);
  return withNewest(stretch, newest, Math.max(0, Number(newest.messages[0]?.id) - known - 1));
}

function check({ messages, holes, older, newer }: Stretch, last: number): void {
  assert.ok(messages.length <= LONGEST + PAGE, 'it is bounded');
  const known = new Map(holes.map(({ after, count }) => [after, count]));
  messages.forEach(({ id }, index) => {
    const next = messages[index + 1]?.id;
    if (next !== undefined) assert.equal(Number(next) - Number(id) - 1, known.get(id) ?? 0, `after ${id}`);
  });
  assert.equal(Number(messages[0]?.id ?? 1) - 1, older);
  assert.equal(last - Number(messages.at(-1)?.id ?? 0), newer);
}

function pageBefore(before: number, last: number): Page {
  const from = Math.max(1, before - PAGE);
  return { ...toPage(range(from, before - 1), last) };
}

function pageAfter(after: number, last: number): Page {
  return toPage(range(after + 1, Math.min(last, after + PAGE)), last);
}

function toPage(ids: readonly number[], last: number): Page {
  return {
    messages: ids.map(message),
    older: (ids[0] ?? 1) - 1,
    newer: last - (ids.at(-1) ?? last),
  };
}

function message(id: number): ChatMessage {
  return { id: String(id), text: String(id), postedAt: '2026-03-02T12:00:00.000Z' };
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
}

function idsOf({ messages }: Stretch): readonly number[] {
  return messages.map(({ id }) => Number(id));
}
