import type { Channel } from '../settings/channel.ts';

/** What a command may ask of a platform. */
export interface Chat {
  readonly name: string;
  /** What people call it: `Slack`. */
  readonly title: string;
  /** The channel somebody means by `#name`, a name, an id or the platform's own mention. Throws `AppError` when there is none. */
  channel(text: string): Promise<Channel>;
  /** Whether a person can see a channel, both by the platform's own ids. Throws `AppError` when the platform cannot be asked. */
  sees(user: string, channel: string): Promise<boolean>;
  /** Whether everybody on the platform can see a channel. Throws `AppError` when the platform cannot be asked. */
  open(channel: string): Promise<boolean>;
}
