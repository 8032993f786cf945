import { AppError } from '../../core/errors.ts';
import type { Reaction } from '../../core/event/follow.ts';
import type { MessageRef } from '../../core/event/message-ref.ts';
import type { Post } from '../../core/event/post.ts';
import type { Log } from '../../core/log.ts';
import type { Platform } from '../../core/platform/platform.ts';
import type { Channel } from './channel.ts';

/** The reactions that a message is to have, and those that were put on it before. */
export interface Reactions {
  readonly wanted: readonly Reaction[];
  readonly had: readonly Reaction[];
}

export interface ReactorParts {
  readonly log: Log;
  /** Called where a platform does not let us react, which only a person can change. */
  readonly onRefused: (post: Post, reason: string) => void;
}

/**
 * Brings a message's reactions up to date, and gives back those that it has then. Never throws: what a message says stands
 * without them, and what time can help is tried again with its next edit.
 */
export function createReactor({ log, onRefused }: ReactorParts) {
  return async function react(
    { wanted, had }: Reactions,
    {
      post,
      ref,
      platform,
      channel,
      signal,
    }: {
      readonly post: Post;
      readonly ref: MessageRef;
      readonly platform: Platform;
      readonly channel: Channel;
      readonly signal: AbortSignal;
    },
  ): Promise<readonly Reaction[]> {
    let has = had;
    try {
      for (const reaction of wanted.filter((each) => !had.includes(each))) {
        await turn();
        await platform.react?.(ref, reaction, 'add');
        has = [...has, reaction];
      }
      for (const reaction of had.filter((each) => !wanted.includes(each))) {
        await turn();
        await platform.react?.(ref, reaction, 'remove');
        has = has.filter((each) => each !== reaction);
      }
    } catch (error) {
      if (error instanceof AppError && error.status === 403) onRefused(post, error.message);
      else log.warn({ err: error, postId: post.id }, 'the reactions of a message could not be brought up to date');
    }
    return has;

    async function turn(): Promise<void> {
      await channel.editTurn(signal);
      signal.throwIfAborted();
    }
  };
}
