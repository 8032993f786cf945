import type { Component, Json, Message } from './messages.ts';
import type { Channel, User } from './place.ts';

export const INTERACTION = { command: 2, component: 3, complete: 4, modal: 5 } as const;
export const CALLBACK = { pong: 1, message: 4, defer: 5, deferUpdate: 6, update: 7, complete: 8, modal: 9 } as const;

export interface Modal {
  readonly title: string;
  readonly custom_id: string;
  readonly components: readonly Component[];
}

/** An interaction and everything that came back for it. */
export interface Exchange {
  readonly id: string;
  readonly token: string;
  readonly type: number;
  readonly user: User;
  readonly channel: Channel;
  readonly createdAt: number;
  /** The message whose button or menu was used. */
  readonly source?: Message;
  /** The first response's type. */
  acknowledged?: number;
  /** The id of the message that `@original` stands for. */
  original?: string;
  /** Whether the answer is still "thinking". */
  loading: boolean;
  readonly followups: string[];
  /** The ids of the messages that say something in answer, the source included where it was changed to say it. */
  readonly told: string[];
  modal?: Modal;
  choices?: readonly { readonly name: string; readonly value: string }[];
}

export interface Payload extends Json {
  readonly id: string;
  readonly token: string;
}
