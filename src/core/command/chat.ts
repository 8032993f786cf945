import type { Channel } from '../settings/channel.ts';

/** What a command may ask of a platform. */
export interface Chat {
  readonly name: string;
  /** What people call it: `Slack`. */
  readonly title: string;
  /** The channel somebody means by `#name`, a name, an id or the platform's own mention. Throws `AppError` when there is none. */
  channel(text: string): Promise<Channel>;
}
