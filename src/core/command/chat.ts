import type { MessageRef } from '../event/message-ref.ts';
import type { Channel } from '../settings/channel.ts';

/** Somebody on a platform, or a group of people there. */
export interface ChatPerson {
  /** As the people list keeps it, and mentions are made of. */
  readonly id: string;
  /** What people call them, where the platform says it. */
  readonly name?: string;
  readonly isGroup: boolean;
}

/** What a command may ask of a platform. */
export interface Chat {
  readonly name: string;
  /** What people call it: `Slack`. */
  readonly title: string;
  /** The channel somebody means by `#name`, a name, an id or the platform's own mention. Throws `AppError` when there is none. */
  channel(text: string): Promise<Channel>;
  /** The person or group that a text means by the platform's own mention or id; nothing where it is none. Throws `AppError`. */
  person(text: string): Promise<ChatPerson | undefined>;
  /** People whose profile there has exactly this login, e-mail address or name. Throws `AppError` when the platform cannot be asked. */
  profiles(said: string): Promise<readonly ChatPerson[]>;
  /** Whether a person can see a channel, both by the platform's own ids. Throws `AppError` when the platform cannot be asked. */
  sees(user: string, channel: string): Promise<boolean>;
  /** Whether everybody on the platform can see a channel. Throws `AppError` when the platform cannot be asked. */
  open(channel: string): Promise<boolean>;
  /**
   * Whether a message that was posted stands there still; absent where none can be deleted. Throws `AppError` when the
   * platform cannot be asked.
   */
  stands?(ref: MessageRef): Promise<boolean>;
}
