import type { Clock } from '../core/clock.ts';
import { AppError, UNFORESEEN } from '../core/errors.ts';
import type { MessageRef, Post, PostStore } from '../core/event/post.ts';
import type { Message } from '../core/message/message.ts';
import type { Platform } from '../core/platform/platform.ts';
import { backOff } from './posting/back-off.ts';
import type { Channel } from './posting/channel.ts';
import { judgeFailure } from './posting/judge-failure.ts';
import { type Attempt, createOutcomes, type OutcomeParts } from './posting/outcomes.ts';
import { type Attempted, type Owed, toOptions } from './posting/owed.ts';

/** Attempts a post once: looks whether it is out where that is in doubt, makes its message, and posts it. Never throws. */
export type Poster = (owed: Owed, channel: Channel, signal: AbortSignal) => Promise<Attempt>;

export interface PosterParts extends OutcomeParts {
  readonly platforms: ReadonlyMap<string, Platform>;
  readonly journal: { readonly posts: Pick<PostStore, 'begin' | 'settle' | 'attempt'> };
  readonly clock: Clock;
  /** The message a post says, made when its turn comes. */
  readonly compose: (post: Post) => Promise<Message>;
  /** Called once when a channel turns out to take nothing any more. */
  readonly onClosed: (post: Post, reason: string) => void;
  /** Called for each message that a platform took without some of its parts. */
  readonly onLeftOut: (post: Post, leftOut: readonly string[]) => void;
}

/** How long a post is tried while it fails in ways that time can help, in milliseconds. */
const GIVE_UP_AFTER = 86_400_000;
/** How long a post that may be out is looked for while the platform refuses to look, which only a person can change. */
const LOOK_FOR = 3_600_000;
/** How far a platform's clock may be behind ours. */
const SKEW = 120_000;

export function createPoster(parts: PosterParts): Poster {
  const { platforms, journal, clock, counters, log, compose, onClosed, onLeftOut } = parts;
  const outcomes = createOutcomes({ journal, counters, log });

  async function attempt(owed: Owed, channel: Channel, signal: AbortSignal): Promise<Attempt> {
    const { post } = owed;
    if (owed.ref) return outcomes.posted(owed, owed.ref);
    const platform = platforms.get(post.platform);
    if (!platform)
      return outcomes.failed(owed, `\`${post.platform}\` is not connected here. Connect it, then try again.`);

    if (owed.attempted?.doubtSince !== undefined) {
      const found = await lookUp(platform, post, owed.attempted).catch((error: unknown) => ({ error }));
      if (found && 'error' in found) return stayInDoubt(owed, owed.attempted, found.error);
      if (found) return outcomes.posted(owed, found);
      owed.attempted.doubtSince = undefined;
    }

    if (channel.closed !== undefined) return outcomes.failed(owed, channel.closed);
    let message: Message;
    try {
      message = await compose(post);
      await channel.turn(signal);
      if (signal.aborted) return { settled: false, wait: 0 };
      owed.attempted ??= await begin(post);
    } catch (error) {
      return failBeforehand(owed, error);
    }
    return send(owed, owed.attempted, { platform, channel, message });
  }

  async function lookUp(platform: Platform, post: Post, { firstAt }: Attempted): Promise<MessageRef | undefined> {
    return platform.find(post.channel, { ...toOptions(post), since: new Date(firstAt.getTime() - SKEW) });
  }

  /** Only an answered look-up settles whether a post is out. Until then it is neither posted again nor given up, as long as waiting may help. */
  function stayInDoubt(owed: Owed, attempted: Attempted, error: unknown): Promise<Attempt> {
    const reason = toReason(owed, error);
    const { retryAfter } = judgeFailure(error);
    const longest = retryAfter === undefined ? LOOK_FOR : GIVE_UP_AFTER;
    if (clock.elapsed() - (attempted.doubtSince ?? 0) > longest) return outcomes.failed(owed, reason);
    attempted.lookUps++;
    return outcomes.later(
      owed,
      `It may have been posted already, so Bellhop looks it up first. ${reason}`,
      Math.max(retryAfter ?? 0, backOff(attempted.lookUps)),
    );
  }

  /** Writes down that there may be something to look for, before there is. */
  async function begin(post: Post): Promise<Attempted> {
    const firstAt = clock.now();
    await journal.posts.begin(post.id, firstAt);
    return { firstAt, doubtSince: undefined, lookUps: 0 };
  }

  async function send(
    owed: Owed,
    attempted: Attempted,
    {
      platform,
      channel,
      message,
    }: { readonly platform: Platform; readonly channel: Channel; readonly message: Message },
  ): Promise<Attempt> {
    const { post } = owed;
    const before = performance.now();
    // Until the answer is read, the message may be out.
    Object.assign(attempted, { doubtSince: clock.elapsed(), lookUps: 0 });
    let ref: MessageRef;
    try {
      ref = await platform.post(post.channel, message, toOptions(post));
    } catch (error) {
      const { mayBeDone, limited, retryAfter, closesChannel } = judgeFailure(error);
      if (!mayBeDone) attempted.doubtSince = undefined;
      if (limited) return { settled: false, wait: retryAfter ?? 0 };
      const reason = toReason(owed, error);
      if (closesChannel && channel.close(reason)) onClosed(post, reason);
      return fail(owed, reason, retryAfter);
    }
    channel.open();
    counters.observe('post', (performance.now() - before) / 1000);
    // Notices have nothing but words, so one of them cannot bring about another.
    if (ref.leftOut?.length && post.eventId) onLeftOut(post, ref.leftOut);
    return outcomes.posted(owed, ref);
  }

  /** Nothing was sent: the message could not be made, or the journal could not note the attempt. */
  function failBeforehand(owed: Owed, error: unknown): Promise<Attempt> {
    const hopeless = error instanceof AppError && error.status < 500 && error.retryAfter === undefined;
    const retryAfter = (error instanceof AppError && error.retryAfter) || 0;
    return fail(owed, toReason(owed, error), hopeless ? undefined : retryAfter);
  }

  /** Counts a failure. It is the last one where time cannot help, or has not helped for a day. */
  function fail(owed: Owed, reason: string, retryAfter: number | undefined): Promise<Attempt> {
    const now = clock.elapsed();
    owed.failures++;
    owed.failingSince ??= now;
    if (retryAfter === undefined || now - owed.failingSince > GIVE_UP_AFTER) return outcomes.failed(owed, reason);
    return outcomes.later(owed, reason, Math.max(retryAfter, backOff(owed.failures)));
  }

  function toReason({ post }: Owed, error: unknown): string {
    if (error instanceof AppError) return error.message;
    log.error({ err: error, postId: post.id }, 'a post failed in an unforeseen way');
    return UNFORESEEN;
  }

  return attempt;
}
