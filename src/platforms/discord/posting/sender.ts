import { AppError } from '../../../core/errors.ts';
import type { MessageRef } from '../../../core/event/message-ref.ts';
import type { Log } from '../../../core/log.ts';
import type { Message } from '../../../core/message/message.ts';
import { toSummaryLine } from '../../../core/message/summary-line.ts';
import type { ParseMarkdown } from '../../../core/message/tree.ts';
import { MessageGone } from '../../../core/platform/message-gone.ts';
import type { Platform, PostOptions } from '../../../core/platform/platform.ts';
import { cutText } from '../../../core/text/cut-text.ts';
import { hasCode } from '../connection/to-app-error.ts';
import { escapeDiscord } from '../message/escape-discord.ts';
import type { DiscordMessage } from '../message/payload.ts';
import type { DiscordMessages } from '../message/to-discord-messages.ts';
import { toReply } from '../message/to-payload.ts';
import { type Directory, lacking } from './directory.ts';
import { createFiler } from './filing.ts';
import { findContinuation, findPost } from './find-post.ts';
import type { FindParts } from './kept-message.ts';
import { marked, toHalfMark, toMark, toStamp } from './marks.ts';
import { createPlacer } from './placer.ts';
import { sendLeniently } from './send-leniently.ts';

export interface SenderParts extends FindParts {
  readonly directory: Directory;
  readonly parseMarkdown: ParseMarkdown;
  /** The payloads for a message, at most `most`. */
  readonly toPayloads: (message: Message, most?: 1 | 2) => DiscordMessages;
  readonly log: Log;
}

export interface Sender {
  post(channel: string, message: Message, options: PostOptions): Promise<MessageRef>;
  edit(ref: MessageRef, message: Message): Promise<MessageRef>;
  stands(ref: MessageRef): Promise<boolean>;
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

/** Why a thread takes nothing, though its channel may be well. */
const THREAD_GONE = ['discord_thread_locked', 'discord_message_gone', 'discord_channel_gone'];
const MESSAGE_GONE = ['discord_message_gone', 'discord_channel_gone', 'discord_thread_locked'];
/** How many are remembered; the others are found by their marks. */
const HALVES = 100;
const THREAD_NAME_LENGTH = 100;
/** Milliseconds until a look-up is tried again that Discord refused without naming a time. */
const LOOK_AGAIN = 60_000;

/** Puts messages into channels, threads and forums, and finds them again. */
export function createSender(parts: SenderParts): Sender {
  const { api, channels, directory, parseMarkdown, toPayloads, log } = parts;
  const placer = createPlacer(api, directory, channels);
  const filer = createFiler(parts);
  const halves = new Map<string, Half>();

  /** Posts the first message, unless it stands already. */
  async function begin(channel: string, message: Message, options: PostOptions): Promise<Begun> {
    const { thread, nonce } = options;
    const [payload, continued] = toPayloads(message);
    const mark = continued ? toHalfMark(nonce) : toMark(nonce);
    const said = continued && JSON.stringify([payload, continued]);
    const begun = toPlace(message);
    const half = halves.get(nonce);
    if (half && said && half.said === said) return { ref: half.ref, continued, said };
    const out = async (body: DiscordMessage): Promise<MessageRef> => {
      if (!half) return placer.place(channel, { ...body, ...toStamp(nonce) }, { ...begun, ...(thread && { thread }) });
      await placer.replace(half.ref, body);
      return half.ref;
    };
    const { answer, leftOut } = await sendLeniently<DiscordMessage, Begun>(payload, {
      send: async (body) => ({ ref: await out(marked(body, mark)), continued, said }),
      otherwise: plain(message, payload).map((body) => async () => ({ ref: await out(marked(body, toMark(nonce))) })),
    });
    return { ...answer, ref: lessened(answer.ref, leftOut) };
  }

  /** Posts the second message. Where Discord will not have it, the first says how much is left out. */
  async function goOn(ref: MessageRef, message: Message, { continued, nonce }: Continued): Promise<MessageRef> {
    const stamp = nonce && toStamp(`${nonce} 2/2`);
    try {
      const { leftOut } = await sendLeniently(toReply(continued, ref.id), {
        send: (body) => placer.place(ref.channel, { ...body, ...stamp }, toPlace(message)),
        otherwise: [],
      });
      return lessened(ref, leftOut);
    } catch (error) {
      if (!(error instanceof AppError) || error.retryAfter !== undefined) throw error;
      const [short] = toPayloads(message, 1);
      await placer.replace(ref, nonce ? marked(short, toMark(nonce)) : short);
      return ref;
    }
  }

  /** Where a message stands, with what it lacks. */
  function lessened(ref: MessageRef, leftOut: readonly string[]): MessageRef {
    if (leftOut.length === 0) return ref;
    const { channel } = ref;
    log.warn(
      { platform: 'discord', channel, leftOut },
      'Discord refused parts of a message, so it was posted without them',
    );
    return { ...ref, leftOut: [...new Set([...(ref.leftOut ?? []), ...leftOut])] };
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

  async function edit(ref: MessageRef, message: Message): Promise<MessageRef> {
    await directory.check(ref.channel);
    const [first, ...rest] = toPayloads(message);
    const second = await findContinuation(parts, ref);
    const { answer: continued, leftOut } = await sendLeniently<DiscordMessage, DiscordMessage | undefined>(first, {
      send: async (body) => {
        await placer.replace(ref, body);
        return rest[0];
      },
      otherwise: plain(message, first).map((body) => async () => {
        await placer.replace(ref, body);
        return undefined;
      }),
    });
    const edited = lessened({ channel: ref.channel, id: ref.id }, leftOut);
    if (second && continued) await placer.replace(second, continued);
    else if (second)
      await api.request('DELETE', `/channels/${second.channel}/messages/${second.id}`, { answer: 'anything' });
    const whole = !second && continued ? await goOn(edited, message, { continued }) : edited;
    await filer.file(whole, message).catch((error: unknown) => {
      // An edit can be made again.
      if (error instanceof AppError && error.retryAfter !== undefined) throw error;
      noteUnfiled(error);
    });
    return whole;
  }

  /** What a message is filed under matters less than that it is said. */
  function noteUnfiled(error: unknown): void {
    log.warn({ platform: 'discord', err: error }, 'a post of a forum could not be tagged or closed');
  }

  /** How a thread begins that a message needs. */
  const toPlace = (message: Message) => ({
    name: () => cutText((message.title?.text || line(message)).trim(), THREAD_NAME_LENGTH) || 'Webhook',
    tags: (forum: string) => filer.tagsFor(forum, message.filing),
  });
  const line = (message: Message) => toSummaryLine(message, parseMarkdown(message.body), parseMarkdown);
  /** The one line that any message can be said in: with its buttons, and without them. */
  const plain = (message: Message, { components }: DiscordMessage): readonly DiscordMessage[] => {
    const bare = { content: escapeDiscord(line(message)), embeds: [], allowed_mentions: { parse: [] } } as const;
    return [...(components.length > 0 ? [{ ...bare, components }] : []), { ...bare, components: [] }];
  };

  return {
    async post(channel, message, options) {
      const { nonce } = options;
      try {
        await directory.check(channel);
        const { ref, continued, said } = await begin(channel, message, options).catch((error: unknown) => {
          if (!hasCode(error, 'discord_message_gone') || !halves.delete(nonce)) throw error;
          return begin(channel, message, options);
        });
        if (continued) remember(nonce, { ref, said });
        const whole = continued ? await goOn(ref, message, { continued, nonce }) : ref;
        halves.delete(nonce);
        if (message.over) await filer.file(whole, message).catch(noteUnfiled);
        return whole;
      } catch (error) {
        if (options.thread && hasCode(error, ...THREAD_GONE)) throw toGone(error);
        return named(channel, error);
      }
    },
    edit: (ref, message) =>
      edit(ref, message).catch((error: unknown) => {
        throw hasCode(error, ...MESSAGE_GONE) ? toGone(error) : error;
      }),
    async stands({ channel, id }) {
      try {
        await api.request('GET', `/channels/${channel}/messages/${id}`);
        return true;
      } catch (error) {
        if (hasCode(error, 'discord_message_gone', 'discord_channel_gone')) return false;
        throw error;
      }
    },
    async find(channel, lookup) {
      const { nonce } = lookup;
      const found = await findPost(parts, channel, lookup).catch((error: unknown) => Promise.reject(toDoubt(error)));
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

function toGone(error: AppError): MessageGone {
  return new MessageGone(error.code, 'Discord no longer has that message, or its thread takes no reply.', error);
}

/** A look-up that was refused has found out nothing, whatever the refusal says: it is made again. */
function toDoubt(error: unknown): unknown {
  if (!(error instanceof AppError)) return error;
  const message = `Bellhop cannot look up yet whether this was posted. ${error.message}`;
  return new AppError(503, 'discord_lookup', message, { cause: error, retryAfter: error.retryAfter ?? LOOK_AGAIN });
}
