import type { Clock } from '../../core/clock.ts';
import type { Counters } from '../../core/counters.ts';
import type { MessageRef } from '../../core/event/message-ref.ts';
import type { Plan, StandingMessage } from '../../core/event/plan.ts';
import type { Post, PostOutcome, PostStore, SettledAlong } from '../../core/event/post.ts';
import type { Log } from '../../core/log.ts';
import type { Prepared } from '../following/follower.ts';
import type { Owed } from './owed.ts';

/** What an attempt came to: the post has its outcome, or is to be attempted again after so many milliseconds. */
export type Attempt =
  | { readonly settled: true; readonly along?: readonly Post[] }
  | {
      readonly settled: false;
      readonly wait: number;
      /** Whether it waits because it failed, rather than because its platform said so: a person may have it tried sooner. */
      readonly backsOff?: true;
    };

/** Records what attempts came to. Never throws: what cannot be recorded is attempted again. */
export interface Outcomes {
  posted(owed: Owed, out: NonNullable<Owed['out']>): Promise<Attempt>;
  failed(owed: Owed, reason: string): Promise<Attempt>;
  /** Notes why it was not posted yet. */
  later(owed: Owed, reason: string, wait: number): Promise<Attempt>;
}

export interface OutcomeParts {
  readonly journal: { readonly posts: Pick<PostStore, 'settle' | 'attempt'> };
  readonly counters: Counters;
  readonly log: Log;
  readonly clock: Pick<Clock, 'now'>;
}

const RECORD_AGAIN = 1_000;

export function createOutcomes({ journal, counters, log, clock }: OutcomeParts): Outcomes {
  async function write(owed: Owed, work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      log.error({ err: error, postId: owed.post.id }, 'the outcome of a post could not be recorded; trying again');
      return false;
    }
  }

  async function settle(owed: Owed, outcome: PostOutcome, along: SettledAlong = {}): Promise<Attempt> {
    const { post } = owed;
    const written = await write(owed, () => journal.posts.settle(post.id, outcome, along));
    if (!written) return { settled: false, wait: RECORD_AGAIN };
    counters.add('posts', { platform: post.platform, outcome: outcome.state });
    return { settled: true };
  }

  return {
    async posted(owed, out) {
      owed.out = out;
      const { ref, prepared } = out;
      const posted = { state: 'posted', attempts: owed.failures + 1, ref } as const;
      if (!prepared) return settle(owed, posted);
      const { template } = prepared.message;
      const message = toStanding(prepared.plan, ref, clock.now());
      const plan: Plan = prepared.plan.act === 'rollUp' ? { ...prepared.plan, of: message } : prepared.plan;
      const outcome = { ...posted, plan, ...(template !== undefined && { template }) };
      const attempt = await settle(owed, outcome, toAlong(prepared, { plan, message, reactions: owed.reactions }));
      return attempt.settled ? { settled: true, along: prepared.takes } : attempt;
    },

    async failed(owed, reason) {
      const { post, failures, attempted } = owed;
      const mayBeOut = attempted?.doubtSince !== undefined;
      const error = mayBeOut ? `It may have been posted; Bellhop could not find out. ${reason}` : reason;
      const attempt = await settle(owed, {
        state: 'failed',
        attempts: failures,
        error,
        ...(mayBeOut && { mayBeOut: true }),
      });
      if (attempt.settled)
        log.warn(
          { postId: post.id, eventId: post.eventId, platform: post.platform, channel: post.channelName, reason: error },
          'gave up on a post',
        );
      return attempt;
    },

    async later(owed, reason, wait) {
      await write(owed, () => journal.posts.attempt(owed.post.id, owed.failures, reason));
      return { settled: false, wait, backsOff: true };
    },
  };
}

/** What is settled with a post: those that its message shows as well, and what is known since. */
function toAlong(
  { takes, toRecords }: Prepared,
  {
    plan,
    message,
    reactions,
  }: { readonly plan: Plan; readonly message: StandingMessage; readonly reactions: Owed['reactions'] },
): SettledAlong {
  const shown: Plan = plan.act === 'rollUp' ? plan : { act: 'gathered', of: message };
  const outcome: PostOutcome = { state: 'posted', attempts: 1, ref: message.ref, plan: shown };
  return { posts: takes.map(({ id }) => ({ id, outcome })), ...toRecords(message, reactions) };
}

/** The message that shows a post. */
function toStanding(plan: Plan, { channel, id }: MessageRef, now: Date): StandingMessage {
  const isNew = plan.act === 'post' || plan.of === undefined;
  return isNew ? { ref: { channel, id }, postedAt: now.toISOString() } : plan.of;
}
