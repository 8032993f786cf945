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

/** The local platform's memory: what a chat service would keep. */
export interface MessageStore {
  /** Adds a message once: the same nonce in the same channel gives back the first. */
  add(message: Omit<LocalMessage, 'id' | 'editedAt'>): Promise<LocalMessage>;
  edit(
    id: string,
    change: { readonly text: string; readonly message: Message; readonly editedAt: Date },
  ): Promise<LocalMessage | undefined>;
  find(channel: string, nonce: string): Promise<LocalMessage | undefined>;
  /** The newest `limit` of a channel, newest last. */
  list(query: {
    readonly channel: string;
    readonly before?: string;
    readonly limit: number;
  }): Promise<readonly LocalMessage[]>;
  /** Every channel that holds a message. */
  channels(): Promise<readonly string[]>;
}
