import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Post } from '../../src/core/event/post.ts';
import { createOrder } from '../../src/relay/posting/order.ts';

function aPost(id: number, { subject, critical = false }: { subject?: string; critical?: boolean } = {}): Post {
  return {
    id: String(id),
    platform: 'chat',
    channel: 'ops',
    channelName: 'ops',
    state: 'due',
    endpointId: 'e1',
    about: { title: `event ${id}`, ...(subject && { subject }), ...(critical && { severity: 'critical' }) },
  };
}

/** The ids in the order in which they get their turns. */
function turnsOf(posts: readonly Post[], aside: readonly Post[] = []): readonly string[] {
  const order = createOrder();
  const turns: string[] = [];
  for (let waiting = posts; ; ) {
    const next = order.next(waiting, aside);
    if (!next) return turns;
    turns.push(next.id);
    waiting = waiting.filter((post) => post !== next);
  }
}

describe('the order of a lane', () => {
  it('is that of arrival', () => {
    assert.deepEqual(turnsOf([aPost(1), aPost(2), aPost(3)]), ['1', '2', '3']);
  });

  it('lets what is critical overtake', () => {
    assert.deepEqual(turnsOf([aPost(1), aPost(2), aPost(3, { critical: true })]), ['3', '1', '2']);
  });

  it('never lets it overtake an earlier event of its own subject', () => {
    const posts = [aPost(1), aPost(2, { subject: 'a' }), aPost(3, { subject: 'a', critical: true })];
    assert.deepEqual(turnsOf(posts), ['2', '3', '1']);
  });

  it('lets the oldest have its turn however much is critical', () => {
    const posts = [aPost(1), ...Array.from({ length: 6 }, (_, index) => aPost(index + 2, { critical: true }))];
    assert.deepEqual(turnsOf(posts), ['2', '3', '4', '1', '5', '6', '7']);
  });

  it('has the events of a subject wait for one that may be out', () => {
    assert.deepEqual(turnsOf([aPost(2, { subject: 'a' }), aPost(3)], [aPost(1, { subject: 'a' })]), ['3']);
  });

  it('keeps the events of each subject in order, and starves none, whatever comes', () => {
    const some = fc.array(fc.record({ subject: fc.constantFrom(undefined, 'a', 'b', 'c'), critical: fc.boolean() }), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(some, (parts) => {
        const posts = parts.map(({ subject, critical }, index) =>
          aPost(index + 1, { critical, ...(subject && { subject }) }),
        );
        const turns = turnsOf(posts);
        assert.equal(turns.length, posts.length);
        for (const subject of ['a', 'b', 'c']) {
          const own = posts.filter(({ about }) => about?.subject === subject).map(({ id }) => id);
          assert.deepEqual(
            turns.filter((id) => own.includes(id)),
            own,
          );
        }
        for (const [place, id] of turns.entries()) assert.ok(place < Number(id) * 4, `${id} came ${place + 1}th`);
      }),
    );
  });
});
