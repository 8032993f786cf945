import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { follows } from '../../src/core/event/follow.ts';
import type { SubjectRecord } from '../../src/core/event/subject.ts';
import { type FollowRules, follow } from '../../src/relay/follow.ts';
import type { Happening } from '../../src/relay/following/course.ts';

const NOON = Date.parse('2026-03-02T12:00:00Z');

interface Occurrence {
  readonly phase: 'open' | 'over' | undefined;
  /** When it happened, in minutes; nothing where its provider does not say. */
  readonly minute: number | undefined;
  readonly says: string;
  /** Its provider's own count; nothing where it has none. */
  readonly sequence?: number | undefined;
}

const anOccurrence: fc.Arbitrary<Occurrence> = fc.record({
  phase: fc.constantFrom('open' as const, 'over' as const, undefined),
  minute: fc.option(fc.nat(60), { nil: undefined }),
  says: fc.constantFrom('a', 'b'),
  sequence: fc.option(fc.nat(20), { nil: undefined }),
});

const someRules: fc.Arbitrary<FollowRules> = fc.record({
  follow: fc.constantFrom(...follows).map((wanted) => (wanted === 'auto' ? 'edit' : wanted)),
  broadcast: fc.constantFrom('never' as const, 'end' as const, 'always' as const),
  repeats: fc.constantFrom(0, 60_000, 86_400_000),
});

function toHappening({ phase, minute, says, sequence }: Occurrence, index: number): Happening {
  return {
    eventId: String(index + 1),
    title: says,
    ...(phase && { phase, state: phase === 'over' ? 'resolved' : 'firing' }),
    ...(minute !== undefined && { occurredAt: new Date(NOON + minute * 60_000).toISOString() }),
    ...(sequence !== undefined && { sequence: String(sequence) }),
    heardAt: new Date(NOON + index * 1_000).toISOString(),
    print: says,
    gist: says,
  };
}

/** Plays the events of a subject as lanes would, in portions of so many, and gives back each step. */
function play(happenings: readonly Happening[], rules: FollowRules, portion: number) {
  const steps: { readonly followed: ReturnType<typeof follow>; readonly before: SubjectRecord | undefined }[] = [];
  let record: SubjectRecord | undefined;
  let messages = 0;
  for (let waiting = happenings; waiting.length > 0; ) {
    const [first, ...rest] = waiting;
    if (!first) break;
    const followed = follow([first, ...rest.slice(0, portion - 1)], record, rules);
    steps.push({ followed, before: record });
    const standing = 'of' in followed.plan ? followed.plan.of : undefined;
    const message = standing ?? { ref: { channel: 'ops', id: String(++messages) }, postedAt: first.heardAt };
    record = { ...followed.course, message };
    waiting = waiting.slice(followed.takes);
  }
  return { steps, record, messages };
}

describe('plans for the events of a subject', () => {
  it('take in every event once, in order, whatever comes', () => {
    fc.assert(
      fc.property(
        fc.array(anOccurrence, { minLength: 1, maxLength: 30 }),
        someRules,
        fc.integer({ min: 1, max: 8 }),
        (some, rules, portion) => {
          const { steps } = play(some.map(toHappening), rules, portion);
          assert.equal(
            steps.reduce((sum, { followed }) => sum + followed.takes, 0),
            some.length,
          );
          for (const { followed } of steps) {
            assert.ok(followed.takes >= 1);
            if (rules.follow !== 'edit') assert.equal(followed.takes, 1);
          }
        },
      ),
    );
  });

  it('never open what is over by something that happened before', () => {
    fc.assert(
      fc.property(fc.array(anOccurrence, { minLength: 1, maxLength: 30 }), someRules, (some, rules) => {
        const { steps } = play(some.map(toHappening), rules, 1);
        for (const { followed, before } of steps) {
          if (before?.phase !== 'over' || followed.course.phase !== 'open') continue;
          const { occurredAt, sequence } = followed.shown;
          const isCounted = sequence !== undefined && before.sequence !== undefined && sequence !== before.sequence;
          if (isCounted) assert.ok(Number(sequence) > Number(before.sequence));
          else if (occurredAt && before.occurredAt) assert.ok(occurredAt >= before.occurredAt);
        }
      }),
    );
  });

  const EDIT = { follow: 'edit', broadcast: 'never', repeats: 86_400_000 } as const;
  const at = (minute: number, phase: 'open' | 'over', sequence?: string, index = 0): Happening => ({
    ...toHappening({ phase, minute, says: phase }, index),
    ...(sequence !== undefined && { sequence }),
  });

  it('go by the count of the provider where it has one, though its clock stands still or is set back', () => {
    for (const minute of [5, 0]) {
      const some = [at(5, 'open', '1', 0), at(5, 'over', '10', 1), at(minute, 'open', '9', 2)];
      const { record, messages } = play(some, EDIT, 1);
      assert.deepEqual([record?.phase, messages], ['over', 1]);
    }
    const again = [at(5, 'over', '99999999999999999998', 0), at(0, 'open', '99999999999999999999', 1)];
    assert.deepEqual([play(again, EDIT, 1).record?.phase, play(again, EDIT, 1).messages], ['open', 2]);
  });

  it('never open by a beginning what ended at the same moment', () => {
    const late = [at(1, 'open', undefined, 0), at(5, 'over', undefined, 1), at(5, 'open', undefined, 600)];
    assert.equal(play(late, EDIT, 1).record?.phase, 'over');
    const overtaken = [at(5, 'over', undefined, 0), at(5, 'open', undefined, 1)];
    assert.equal(play(overtaken, EDIT, 1).record?.phase, 'over');
  });

  it('open what fires again though all its events have the moment at which it began', () => {
    const again = [at(1, 'open', undefined, 0), at(1, 'over', undefined, 60), at(1, 'open', undefined, 600)];
    assert.equal(play(again, EDIT, 1).record?.phase, 'open');
  });

  it('end with the same course however many wait together', () => {
    fc.assert(
      fc.property(
        fc.array(anOccurrence, { minLength: 1, maxLength: 20 }),
        someRules,
        fc.integer({ min: 2, max: 8 }),
        (some, rules, portion) => {
          const happenings = some.map(toHappening);
          const [one, many] = [play(happenings, rules, 1), play(happenings, rules, portion)];
          assert.deepEqual(many.record, one.record);
          assert.equal(many.messages, one.messages);
        },
      ),
    );
  });

  it('post anew what fires after a person closed it, once, and nothing that was known by then', () => {
    fc.assert(
      fc.property(
        fc.array(anOccurrence, { minLength: 2, maxLength: 20 }),
        fc.nat(18),
        fc.constantFrom('edit' as const, 'new' as const),
        (some, closedAfter, wanted) => {
          const happenings = some.map(toHappening);
          const index = Math.min(closedAfter, happenings.length - 2);
          const rules = { follow: wanted, broadcast: 'never', repeats: 86_400_000 } as const;
          const before = play(happenings.slice(0, index + 1), rules, 1).record;
          assert.ok(before);
          const [next] = happenings.slice(index + 1);
          assert.ok(next);
          const closedWith = String(index + 1);
          const { plan, course } = follow([next], before, { ...rules, closedWith });
          const isCounted = before.sequence && next.sequence && next.sequence !== before.sequence;
          const isOvertaken = before.phase === 'over' && next.occurredAt === before.occurredAt;
          const isEarlier = next.occurredAt && before.occurredAt && next.occurredAt < before.occurredAt;
          const isLate = isCounted
            ? Number(next.sequence) < Number(before.sequence)
            : isEarlier || (next.occurredAt && isOvertaken);
          const isSame = next.occurredAt && next.occurredAt === before.occurredAt && next.print === before.print;
          if (next.phase !== 'open' || isLate || isSame) return;
          if (plan.act !== 'post') return assert.equal(course.phase === 'open' && course.turns.length >= 4, true);
          assert.equal(course.openedBy, next.eventId);
          // It is open again: what comes then is no firing after the closing.
          const again = { ...next, eventId: String(index + 3) };
          const after = follow([again], { ...course, message: before.message }, { ...rules, closedWith });
          if (wanted === 'edit') assert.notEqual(after.plan.act, 'post');
        },
      ),
    );
  });

  it('post anew what became graver than ever since it opened, where somebody has to look at it', () => {
    const rules = { follow: 'edit', broadcast: 'never', repeats: 86_400_000 } as const;
    const grave = (['warning', 'critical', 'warning', 'critical', 'good'] as const).map((severity, minute) => ({
      ...toHappening({ phase: 'open', minute, says: severity }, minute),
      severity,
    }));
    assert.equal(play(grave, { ...rules, isAlarm: true }, 1).messages, 2);
    assert.equal(play(grave, { ...rules, isAlarm: true }, 8).messages, 2);
    assert.equal(play(grave, rules, 1).messages, 1);
  });

  it('make a few messages of what comes and goes', () => {
    const rules = { follow: 'edit', broadcast: 'never', repeats: 86_400_000 } as const;
    const some = Array.from(
      { length: 20 },
      (_, minute) => ({ phase: minute % 2 ? 'over' : 'open', minute, says: 'a' }) as const,
    );
    const { messages, steps } = play(some.map(toHappening), rules, 1);
    assert.equal(messages, 2);
    assert.deepEqual(steps.at(-1)?.followed.standing.flaps, { times: 19, within: 18 * 60_000 });
  });
});
