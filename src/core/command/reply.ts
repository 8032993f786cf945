import { type Markdown, type MessageParts, toMessage } from '../message/message.ts';
import type { Form, Reply } from './command.ts';

export interface ReplyOptions extends Partial<Omit<MessageParts, 'body' | 'title'>> {
  readonly title?: string;
  readonly visibleTo?: Reply['visibleTo'];
  readonly form?: Form;
  readonly data?: unknown;
}

/** A reply of Markdown, seen by the caller alone unless it says otherwise. */
export function reply(body: Markdown, { visibleTo = 'caller', form, data, title, ...parts }: ReplyOptions = {}): Reply {
  return {
    // Whoever asked is looking, so no phone needs to be notified.
    message: toMessage({ notify: 'never', ...parts, ...(title && { title: { text: title } }), body }),
    visibleTo,
    ...(form && { form }),
    ...(data !== undefined && { data }),
  };
}
