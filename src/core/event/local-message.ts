import type { Message } from '../message/message.ts';

/** A message in a channel of the local platform. */
export interface LocalMessage {
  readonly id: string;
  readonly channel: string;
  readonly thread?: string;
  readonly nonce: string;
  /** The notification line. */
  readonly text: string;
  readonly message: Message;
  readonly postedAt: Date;
  readonly editedAt?: Date;
}

/** The messages of a channel between two of them, or between one of them and the end. */
export interface MessageSpan {
  readonly channel: string;
  readonly after?: string | undefined;
  readonly before?: string | undefined;
}

/** The local platform's memory: what a chat service would keep. */
export interface MessageStore {
  /** Adds a message once: the same nonce in the same channel gives back the first. */
  add(message: Omit<LocalMessage, 'id' | 'editedAt'>): Promise<LocalMessage>;
  edit(
    id: string,
    change: { readonly text: string; readonly message: Message; readonly editedAt: Date },
  ): Promise<LocalMessage | undefined>;
  find(channel: string, nonce: string): Promise<LocalMessage | undefined>;
  /** The newest `limit` of a channel, or of those before a message; with `after`, the first that follow it. Newest last. */
  list(query: MessageSpan & { readonly limit: number }): Promise<readonly LocalMessage[]>;
  /** How many there are, of which at most `most` are counted. */
  count(query: MessageSpan & { readonly most: number }): Promise<number>;
}
