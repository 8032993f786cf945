import { AppError } from '../../../core/errors.ts';
import type { MessageRef } from '../../../core/event/post.ts';
import type { Message } from '../../../core/message/message.ts';
import { toSummaryLine } from '../../../core/message/summary-line.ts';
import type { ParseMarkdown } from '../../../core/message/tree.ts';
import type { Platform, PostOptions } from '../../../core/platform/platform.ts';
import type { DiscordApi } from '../connection/api.ts';
import { hasCode } from '../connection/to-app-error.ts';
import { escapeDiscord } from '../message/escape-discord.ts';
import type { DiscordMessage } from '../message/payload.ts';
import type { DiscordMessages } from '../message/to-discord-messages.ts';
import { toReply } from '../message/to-payload.ts';
import { type Directory, lacking } from './directory.ts';
import { findContinuation, findPost } from './find-post.ts';
import { marked, toHalfMark, toMark, toStamp } from './marks.ts';
import { createPlacer } from './placer.ts';

export interface SenderParts {
  readonly api: DiscordApi;
  readonly directory: Directory;
  readonly parseMarkdown: ParseMarkdown;
  /** The messages that say it: at most two, or as many as told. */
  readonly toPayloads: (message: Message, most?: 1 | 2) => DiscordMessages;
  readonly applicationId: () => string;
}

export interface Sender {
  post(channel: string, message: Message, options: PostOptions): Promise<MessageRef>;
  edit(ref: MessageRef, message: Message): Promise<MessageRef>;
  find: Platform['find'];
}

/** The first of two messages, while the second is not known to be out. */
interface Half {
  readonly ref: MessageRef;
  /** What both say; nothing when another process posted it. */
  readonly said?: string | undefined;
}

interface Begun {
  readonly ref: MessageRef;
  readonly continued?: DiscordMessage | undefined;
  readonly said?: string | undefined;
}

interface Continued {
  readonly continued: DiscordMessage;
  /** What the post is named by; an edit has no name. */
  readonly nonce?: string;
}

/** How many are remembered; the others are found by their marks. */
const HALVES = 100;
const THREAD_NAME_LENGTH = 100;

/** Puts messages into channels, threads and forums, and finds them again. */
export function createSender({ api, directory, parseMarkdown, toPayloads, applicationId }: SenderParts): Sender {
  const placer = createPlacer(api, directory);
  const halves = new Map<string, Half>();

  /** Posts the first message, unless it stands already. */
  async function begin(channel: string, message: Message, options: PostOptions): Promise<Begun> {
    const { thread, nonce } = options;
    const [payload, continued] = toPayloads(message);
    const first = marked(payload, continued ? toHalfMark(nonce) : toMark(nonce));
    const said = continued && JSON.stringify([first, continued]);
    const name = () => threadName(message);
    const half = halves.get(nonce);
    if (half && said && half.said === said) return { ref: half.ref, continued, said };
    const out = async (body: object): Promise<MessageRef> => {
      if (!half) return placer.place(channel, { ...body, ...toStamp(nonce) }, { name, ...(thread && { thread }) });
      await placer.replace(half.ref, body);
      return half.ref;
    };
    try {
      return { ref: await out(first), continued, said };
    } catch (error) {
      if (!hasCode(error, 'discord_payload')) return named(channel, error);
      // A message that Discord will not take as it is still gets told.
      return { ref: await out(marked(plain(message), toMark(nonce))) };
    }
  }

  /** Posts the second message. Where Discord will not have it, the first says how much is left out. */
  async function goOn(ref: MessageRef, message: Message, { continued, nonce }: Continued): Promise<void> {
    const body = { ...toReply(continued, ref.id), ...(nonce && toStamp(`${nonce} 2/2`)) };
    try {
      await placer.place(ref.channel, body, { name: () => threadName(message) });
    } catch (error) {
      if (!(error instanceof AppError) || error.retryAfter !== undefined) throw error;
      const [short] = toPayloads(message, 1);
      await placer.replace(ref, nonce ? marked(short, toMark(nonce)) : short);
    }
  }

  function remember(nonce: string, half: Half): void {
    halves.set(nonce, half);
    const [oldest] = halves.keys();
    if (oldest !== undefined && halves.size > HALVES) halves.delete(oldest);
  }

  async function named(channel: string, error: unknown): Promise<never> {
    if (!hasCode(error, 'discord_permission', 'discord_access')) throw error;
    const found = await directory.missing(channel).catch(() => undefined);
    throw found && found.missing.length > 0 ? lacking(found.name, found.missing) : error;
  }

  const threadName = (message: Message) => {
    const characters = [...(message.title?.text || line(message))];
    return characters.slice(0, THREAD_NAME_LENGTH).join('') || 'Webhook';
  };
  const line = (message: Message) => toSummaryLine(message, parseMarkdown(message.body), parseMarkdown);
  const plain = (message: Message): DiscordMessage => ({
    content: escapeDiscord(line(message)),
    embeds: [],
    components: [],
    allowed_mentions: { parse: [] },
  });

  return {
    async post(channel, message, options) {
      const { nonce } = options;
      const { ref, continued, said } = await begin(channel, message, options).catch((error: unknown) => {
        if (!hasCode(error, 'discord_message_gone') || !halves.delete(nonce)) throw error;
        return begin(channel, message, options);
      });
      if (continued) {
        remember(nonce, { ref, said });
        await goOn(ref, message, { continued, nonce });
      }
      halves.delete(nonce);
      return ref;
    },
    async edit(ref, message) {
      const [first, ...rest] = toPayloads(message);
      const second = await findContinuation({ api, applicationId }, ref);
      let [continued] = rest;
      try {
        await placer.replace(ref, first);
      } catch (error) {
        if (!hasCode(error, 'discord_payload')) throw error;
        continued = undefined;
        await placer.replace(ref, plain(message));
      }
      if (second && continued) await placer.replace(second, continued);
      else if (second) await api.request('DELETE', `/channels/${second.channel}/messages/${second.id}`);
      else if (continued) await goOn(ref, message, { continued });
      return ref;
    },
    async find(channel, { nonce, since }) {
      const found = await findPost({ api, applicationId }, { channel, nonce, since });
      if (found && !found.half) {
        halves.delete(nonce);
        return found.ref;
      }
      // Posted again, it is said in the place of what stands there: Discord might take a deleted message for the new one.
      if (found && !halves.has(nonce)) remember(nonce, { ref: found.ref });
      return undefined;
    },
  };
}
