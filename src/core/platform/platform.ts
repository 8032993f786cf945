import type { Chat } from '../command/chat.ts';
import type { CommandRunner } from '../command/command.ts';
import type { Reaction } from '../event/follow.ts';
import type { MessageRef } from '../event/message-ref.ts';
import type { Message } from '../message/message.ts';
import type { Channel } from '../settings/channel.ts';

/** What a channel can carry: a bucket of `burst` messages that refills at `perSecond`. */
export interface ChannelBudget {
  readonly perSecond: number;
  readonly burst: number;
}

export interface PostOptions {
  readonly thread?: string;
  /** Whether a reply in a thread is shown in the channel as well, where the platform can do that. */
  readonly broadcast?: boolean;
  /** Names this post for ever: the same nonce is never posted twice, and `find` looks it up. At most 25 characters. */
  readonly nonce: string;
}

/** Which post is looked for. */
export interface PostLookup extends PostOptions {
  /** When it was first attempted: nothing older can be it. */
  readonly since: Date;
}

/** Whether a platform can be used now, and what to do when not. */
export interface PlatformHealth {
  readonly ready: boolean;
  readonly detail: string;
}

/** What a platform reports by itself, besides commands. */
export interface PlatformNews {
  /** What a channel is called now. */
  readonly named: (channel: Channel) => void;
}

/** A chat service we post to and take commands from. Failures are `AppError`; `retryAfter` says that time can help. */
export interface Platform extends Chat {
  readonly budget: ChannelBudget;
  /** How many messages it takes over all its channels; as many as they can carry together when absent. */
  readonly totalBudget?: ChannelBudget;
  /** How often it edits messages, over all its channels; as often as each channel can carry when absent. */
  readonly editBudget?: ChannelBudget;
  /** How many messages a post makes of a message; one when absent. */
  messagesFor?(message: Message): number;
  /** Connects, and routes every command, click and form to `run`. */
  start(run: CommandRunner, news?: PlatformNews): Promise<void>;
  stop(): Promise<void>;
  /**
   * Holds the connection over which commands come, or lets go of it: of several nodes one holds it. It is held unless somebody
   * says otherwise, before the start too. Absent where there is no such connection.
   */
  listen?(on: boolean): Promise<void>;
  health(): PlatformHealth;
  /** Another node has posted to a channel: what was looked up there may be incomplete. Absent where nothing is remembered. */
  forget?(channel: string): void;
  /** Throws `MessageGone` where it is to go into a thread that takes nothing any more. */
  post(channel: string, message: Message, options: PostOptions): Promise<MessageRef>;
  /** Throws `MessageGone` where the message cannot be edited any more. */
  edit(ref: MessageRef, message: Message): Promise<MessageRef>;
  /** Puts a reaction on a message, or takes it away; absent where the platform has none. Done already is done. */
  react?(ref: MessageRef, reaction: Reaction, change: 'add' | 'remove'): Promise<void>;
  /**
   * The ids of messages of ours, posted in a channel since a moment, that a person reacted to or answered; absent where the
   * platform cannot say. Throws `AppError` where it does not.
   */
  noticed?(channel: string, since: Date): Promise<ReadonlySet<string>>;
  /** The address at which people find a message; nothing where it has none, or that is not known. */
  link(ref: MessageRef): Promise<string | undefined>;
  /**
   * Looks up where a post got to, after a crash or an answer that never came. Resolves with nothing only when the platform
   * answered and does not have it; throws `AppError` when it could not be asked, with `retryAfter` when time can help.
   */
  find(channel: string, lookup: PostLookup): Promise<MessageRef | undefined>;
}
