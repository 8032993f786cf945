import type { Counters } from '../../core/counters.ts';
import type { MessageRef, PostOutcome, PostStore } from '../../core/event/post.ts';
import type { Log } from '../../core/log.ts';
import type { Owed } from './owed.ts';

/** What an attempt came to: the post has its outcome, or is to be attempted again after so many milliseconds. */
export type Attempt = { readonly settled: true } | { readonly settled: false; readonly wait: number };

/** Records what attempts came to. Never throws: what cannot be recorded is attempted again. */
export interface Outcomes {
  posted(owed: Owed, ref: MessageRef): Promise<Attempt>;
  failed(owed: Owed, reason: string): Promise<Attempt>;
  /** Notes why it was not posted yet. */
  later(owed: Owed, reason: string, wait: number): Promise<Attempt>;
}

export interface OutcomeParts {
  readonly journal: { readonly posts: Pick<PostStore, 'settle' | 'attempt'> };
  readonly counters: Counters;
  readonly log: Log;
}

const RECORD_AGAIN = 1_000;

export function createOutcomes({ journal, counters, log }: OutcomeParts): Outcomes {
  async function write(owed: Owed, work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      log.error({ err: error, postId: owed.post.id }, 'the outcome of a post could not be recorded; trying again');
      return false;
    }
  }

  async function settle(owed: Owed, outcome: PostOutcome): Promise<Attempt> {
    const { post } = owed;
    const written = await write(owed, () => journal.posts.settle(post.id, outcome));
    if (!written) return { settled: false, wait: RECORD_AGAIN };
    counters.add('posts', { platform: post.platform, outcome: outcome.state });
    return { settled: true };
  }

  return {
    posted(owed, ref) {
      owed.ref = ref;
      return settle(owed, { state: 'posted', attempts: owed.failures + 1, ref });
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
      return { settled: false, wait };
    },
  };
}
