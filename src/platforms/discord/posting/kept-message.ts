import type { MessageRef } from '../../../core/event/message-ref.ts';
import type { DiscordApi } from '../connection/api.ts';
import type { Channels } from '../servers/channels.ts';
import type { MarkedMessage } from './marks.ts';

export interface FindParts {
  readonly api: DiscordApi;
  readonly channels: Channels;
  /** The id of the bot's user, who is the author. */
  readonly botId: () => string;
  readonly now: () => Date;
}

/** A message that stands in a channel, as far as it is looked at. */
export interface Kept extends MarkedMessage {
  readonly id: string;
  readonly author?: { readonly id?: string };
  readonly message_reference?: { readonly message_id?: string };
}

export interface Found {
  readonly ref: MessageRef;
  readonly message: Kept;
}
