import { type Markdown, type Message, toMessage } from '../message/message.ts';
import type { Form, Reply } from './command.ts';

export interface ReplyOptions extends Partial<Omit<Message, 'body' | 'title'>> {
  readonly title?: string;
  readonly visibleTo?: Reply['visibleTo'];
  readonly form?: Form;
  readonly data?: unknown;
}

/** A reply of Markdown, seen by the caller alone unless it says otherwise. */
export function reply(body: Markdown, { visibleTo = 'caller', form, data, title, ...parts }: ReplyOptions = {}): Reply {
  return {
    message: toMessage({ ...parts, ...(title && { title: { text: title } }), body }),
    visibleTo,
    ...(form && { form }),
    ...(data !== undefined && { data }),
  };
}
