import type { Clock } from '../core/clock.ts';
import { AppError, UNFORESEEN } from '../core/errors.ts';
import type { MessageRef } from '../core/event/message-ref.ts';
import type { Plan } from '../core/event/plan.ts';
import type { Post, PostStore } from '../core/event/post.ts';
import { MessageGone } from '../core/platform/message-gone.ts';
import type { Platform } from '../core/platform/platform.ts';
import type { Follower, Prepared } from './following/follower.ts';
import { backOff } from './posting/back-off.ts';
import type { Channel } from './posting/channel.ts';
import { judgeFailure } from './posting/judge-failure.ts';
import { type Attempt, createOutcomes, type OutcomeParts } from './posting/outcomes.ts';
import { type Attempted, type Owed, toOptions } from './posting/owed.ts';
import { createReactor } from './posting/react.ts';

/** Attempts a post once: looks up whether it was posted where that is in doubt, makes its message, and posts it. Never throws. */
export type Poster = (owed: Owed, channel: Channel, signal: AbortSignal) => Promise<Attempt>;

export interface PosterParts extends OutcomeParts {
  readonly platforms: ReadonlyMap<string, Platform>;
  readonly journal: { readonly posts: Pick<PostStore, 'begin' | 'settle' | 'attempt'> };
  readonly clock: Clock;
  /** What is done with a post and what it says, found out when its turn comes. */
  readonly prepare: Follower['prepare'];
  /** Called once when a channel turns out to take nothing any more. */
  readonly onClosed: (post: Post, reason: string) => void;
  /** Called for each message that a platform took without some of its parts. */
  readonly onLeftOut: (post: Post, leftOut: readonly string[]) => void;
  /** Called where a platform does not let us react to a message whose route wants that. */
  readonly onNoReactions?: (post: Post, reason: string) => void;
}

/** How long a post is tried while it fails in ways that time can help, in milliseconds. */
const GIVE_UP_AFTER = 86_400_000;
/** How long a post that may have been posted is looked up while the platform refuses the look-up, which only a person can change. */
const LOOK_FOR = 3_600_000;
/** How often a first message is tried to be brought up to date, once its thread has the reply. */
const ROOT_TRIES = 5;
/** How far a platform's clock may be behind ours. */
const SKEW = 120_000;

interface Sending {
  readonly platform: Platform;
  readonly channel: Channel;
  readonly signal: AbortSignal;
  readonly prepared: Prepared;
}

export function createPoster(parts: PosterParts): Poster {
  const {
    platforms,
    journal,
    clock,
    counters,
    log,
    prepare,
    onClosed,
    onLeftOut,
    onNoReactions = () => undefined,
  } = parts;
  const react = createReactor({ log, onRefused: onNoReactions });
  const outcomes = createOutcomes({ journal, counters, log, clock });

  async function attempt(owed: Owed, channel: Channel, signal: AbortSignal): Promise<Attempt> {
    const { post } = owed;
    const platform = platforms.get(post.platform);
    if (!platform)
      return outcomes.failed(owed, `\`${post.platform}\` is not connected here. Connect it, then try again.`);
    if (owed.out) return finish(owed, owed.out, { platform, channel, signal });
    await channel.gate.pass(signal);
    if (signal.aborted) return { settled: false, wait: 0 };

    if (owed.attempted?.doubtSince !== undefined) {
      const { plan } = owed.attempted;
      // An edit may be repeated, and what was to stay as it is surely does.
      const mayBeOut =
        plan === undefined || plan.act === 'post' || plan.act === 'reply' || (plan.act === 'rollUp' && !plan.of);
      const found = mayBeOut
        ? await findOut(platform, post, owed.attempted).catch((error: unknown) => ({ error }))
        : undefined;
      if (found && 'error' in found) {
        channel.gate.failed(post.channel, found.error);
        return stayInDoubt(owed, owed.attempted, found.error);
      }
      if (found) {
        const { ref, begun } = found;
        // How it was planned is known; where it cannot be made again, its subject is not known to have gone on.
        const prepared = await prepare(post, { beside: [], begun }).catch(() => undefined);
        return finish(owed, { ref, prepared }, { platform, channel, signal });
      }
      owed.attempted.doubtSince = undefined;
    }

    if (channel.closed !== undefined) return outcomes.failed(owed, channel.closed);
    let prepared: Prepared;
    try {
      await channel.turn(signal);
      if (signal.aborted) return { settled: false, wait: 0 };
      prepared = await prepare(post, { beside: owed.beside(), gone: owed.gone });
      await waitFurther(prepared, { platform, channel, signal });
      if (signal.aborted) return { settled: false, wait: 0 };
      owed.attempted = await begin(owed, prepared.plan);
    } catch (error) {
      channel.giveBack();
      return failBeforehand(owed, error);
    }
    return send(owed, owed.attempted, { platform, channel, signal, prepared });
  }

  /** Waits until the budgets have room for what a turn alone does not cover. */
  async function waitFurther(
    { plan, message }: Prepared,
    { platform, channel, signal }: Omit<Sending, 'prepared'>,
  ): Promise<void> {
    if (isEdit(plan)) return channel.editTurn(signal);
    for (let more = platform.messagesFor?.(message) ?? 1; more > 1; more--) await channel.turn(signal);
  }

  /** Where it is and what it was, if it is out. */
  async function findOut(
    platform: Platform,
    post: Post,
    attempted: Attempted,
  ): Promise<{ readonly ref: MessageRef; readonly begun: Plan } | undefined> {
    const { plan } = attempted;
    const ref = await lookUp(platform, post, attempted);
    if (ref) return { ref, begun: plan ?? { act: 'post' } };
    if (plan) return undefined;
    // A backup does not know how it was planned after it was taken. A reply stands in the thread.
    const begun = await prepare(post, { beside: [] }).then(
      (prepared) => prepared.plan,
      () => undefined,
    );
    if (begun?.act !== 'reply') return undefined;
    const reply = await lookUp(platform, post, { ...attempted, plan: begun });
    return reply && { ref: reply, begun };
  }

  async function lookUp(platform: Platform, post: Post, { firstAt, plan }: Attempted): Promise<MessageRef | undefined> {
    return platform.find(post.channel, { ...toOptions(post, plan), since: new Date(firstAt.getTime() - SKEW) });
  }

  /** Only an answered look-up settles whether a message was posted. Until then it is neither posted again nor given up, as long as waiting may help. */
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

  /** Writes down what is planned, and that there may be something to look for, before there is. */
  async function begin({ post, attempted }: Owed, plan: Plan): Promise<Attempted> {
    const firstAt = attempted?.firstAt ?? clock.now();
    // A post that is tried again as it was planned is written down already.
    if (!attempted || JSON.stringify(attempted.plan) !== JSON.stringify(plan))
      await journal.posts.begin(post.id, firstAt, plan);
    return { firstAt, doubtSince: undefined, lookUps: 0, plan };
  }

  async function send(owed: Owed, attempted: Attempted, sending: Sending): Promise<Attempt> {
    const { post } = owed;
    const { channel, prepared } = sending;
    const before = performance.now();
    // Until the answer is read, the message may have been posted.
    Object.assign(attempted, { doubtSince: clock.elapsed(), lookUps: 0 });
    let ref: MessageRef;
    try {
      ref = await carryOut(post, sending);
    } catch (error) {
      if (error instanceof MessageGone && !owed.gone) {
        owed.gone = true;
        attempted.doubtSince = undefined;
        return { settled: false, wait: 0 };
      }
      channel.gate.failed(post.channel, error);
      const { mayBeDone, limited, retryAfter, closesChannel } = judgeFailure(error);
      if (!mayBeDone) attempted.doubtSince = undefined;
      if (limited) return { settled: false, wait: retryAfter ?? 0 };
      const reason = toReason(owed, error);
      if (closesChannel && channel.close(reason)) onClosed(post, reason);
      return fail(owed, reason, retryAfter);
    }
    channel.open();
    if (prepared.plan.act !== 'keep' && prepared.plan.act !== 'gathered') channel.gate.worked();
    counters.observe('post', (performance.now() - before) / 1000);
    // Notices have nothing but words, so one of them cannot bring about another.
    if (ref.leftOut?.length && post.eventId) onLeftOut(post, ref.leftOut);
    return finish(owed, { ref, prepared }, sending);
  }

  async function carryOut(
    post: Post,
    { platform, channel, prepared: { plan, message } }: Sending,
  ): Promise<MessageRef> {
    switch (plan.act) {
      case 'post':
      case 'reply':
        return platform.post(post.channel, message, toOptions(post, plan));
      case 'edit':
      case 'count':
        return platform.edit(plan.of.ref, message);
      case 'rollUp':
        return plan.of
          ? platform.edit(plan.of.ref, message)
          : platform.post(post.channel, message, toOptions(post, plan));
      case 'keep':
      case 'gathered':
        channel.giveBack();
        return plan.of.ref;
    }
  }

  /** It is posted: brings the first message up to date where it went into its thread, and records it. */
  async function finish(
    owed: Owed,
    out: NonNullable<Owed['out']>,
    { platform, channel, signal }: Omit<Sending, 'prepared'>,
  ): Promise<Attempt> {
    owed.out = out;
    const { plan, root } = out.prepared ?? {};
    if (root && plan?.act === 'reply' && owed.rootTries < ROOT_TRIES) {
      await channel.turn(signal);
      await channel.editTurn(signal);
      if (signal.aborted) return { settled: false, wait: 0 };
      try {
        await platform.edit(plan.of.ref, root);
      } catch (error) {
        owed.rootTries++;
        const { limited, retryAfter } = judgeFailure(error);
        if (limited) owed.rootTries--;
        if (retryAfter !== undefined)
          return { settled: false, wait: limited ? retryAfter : Math.max(retryAfter, backOff(owed.rootTries)) };
        log.warn({ err: error, postId: owed.post.id }, 'the first message of a thread could not be brought up to date');
      }
      owed.rootTries = ROOT_TRIES;
    }
    const { reactions } = out.prepared ?? {};
    if (reactions && plan && plan.act !== 'rollUp') {
      const ref = plan.act === 'post' ? out.ref : plan.of.ref;
      owed.reactions ??= await react(reactions, { post: owed.post, ref, platform, channel, signal });
    }
    return outcomes.posted(owed, out);
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

function isEdit({ act, ...plan }: Plan): boolean {
  return act === 'edit' || act === 'count' || (act === 'rollUp' && 'of' in plan && plan.of !== undefined);
}
