import type { Clock } from '../../core/clock.ts';
import { AppError } from '../../core/errors.ts';
import type { LocalMessage, MessageStore } from '../../core/event/local-message.ts';
import { repeated } from '../../core/message/markdown/typed-word.ts';
import type { Message } from '../../core/message/message.ts';
import { MessageGone } from '../../core/platform/message-gone.ts';
import type { Platform } from '../../core/platform/platform.ts';

export interface LocalPlatformParts {
  readonly messages: MessageStore;
  readonly clock: Clock;
  /** The notification line of a message. */
  readonly summarize: (message: Message) => string;
  readonly onMessage: (message: LocalMessage, change: 'added' | 'edited') => void;
}

const NAME = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,79}$/u;

/** Our own chat: the page. Its channels exist as soon as somebody names them, and it keeps what is said in the journal. */
export function createLocalPlatform({ messages, clock, summarize, onMessage }: LocalPlatformParts): Platform {
  return {
    name: 'local',
    title: 'This page',
    // Nobody reads faster, and what is written here is taken from the same disk as deliveries.
    budget: { perSecond: 250, burst: 500 },
    async start() {},
    async stop() {},
    health: () => ({ ready: true, detail: 'always available' }),
    async channel(text) {
      const name = text.replace(/^#/, '').toLowerCase();
      if (!NAME.test(name))
        throw new AppError(
          400,
          'bad_channel',
          `${repeated(text, { otherwise: 'This' })} cannot be a channel. Use letters, digits, dots and dashes, such as \`#ops\`.`,
        );
      return { id: name, name };
    },
    async post(channel, message, { thread, nonce }) {
      const text = summarize(message);
      const known = await messages.find(channel, nonce);
      const added =
        known ??
        (await messages.add({ channel, nonce, text, message, postedAt: clock.now(), ...(thread && { thread }) }));
      if (!known) onMessage(added, 'added');
      return { channel, id: added.id };
    },
    async edit(ref, message) {
      const edited = await messages.edit(ref.id, { text: summarize(message), message, editedAt: clock.now() });
      if (!edited) throw new MessageGone('gone', 'This message is no longer kept.');
      onMessage(edited, 'edited');
      return ref;
    },
    async person(text) {
      const name = text.replace(/^@/, '');
      return NAME.test(name) ? { id: name, name, isGroup: false } : undefined;
    },
    profiles: async () => [],
    link: async () => undefined,
    sees: async () => true,
    open: async () => true,
    async find(channel, { nonce }) {
      const found = await messages.find(channel, nonce);
      return found && { channel, id: found.id };
    },
  };
}
