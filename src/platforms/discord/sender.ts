import { createHash } from 'node:crypto';
import { AppError } from '../../core/errors.ts';
import type { Message } from '../../core/message.ts';
import type { PostOptions } from '../../core/platform.ts';
import type { MessageRef } from '../../core/post.ts';
import { toSummaryLine } from '../../core/summary-line.ts';
import type { ParseMarkdown } from '../../core/tree.ts';
import type { DiscordApi } from './api.ts';
import { type Directory, lacking } from './directory.ts';
import { escapeDiscord } from './escape-discord.ts';
import { findPost, toMark } from './find-post.ts';
import type { DiscordMessage } from './payload.ts';

export interface SenderParts {
  readonly api: DiscordApi;
  readonly directory: Directory;
  readonly parseMarkdown: ParseMarkdown;
  readonly toPayload: (message: Message) => DiscordMessage;
  readonly applicationId: () => string;
}

export interface Sender {
  post(channel: string, message: Message, options: PostOptions): Promise<MessageRef>;
  edit(ref: MessageRef, message: Message): Promise<MessageRef>;
  find(channel: string, nonce: string, since: Date): Promise<MessageRef | undefined>;
}

interface Sent {
  readonly id: string;
  readonly channel_id: string;
}

const NONCE_LENGTH = 25;
const THREAD_NAME_LENGTH = 100;

/** Puts messages into channels, threads and forums, and finds them again. */
export function createSender({ api, directory, parseMarkdown, toPayload, applicationId }: SenderParts): Sender {
  const forums = new Set<string>();

  async function send(channel: string, body: object, message: Message): Promise<MessageRef> {
    if (forums.has(channel)) return startThread(channel, body, message);
    try {
      return toRef(await api.request<Sent>('POST', `/channels/${channel}/messages`, { body }));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (['discord_forum', 'discord_channel_kind'].includes(error.code) && (await directory.isForum(channel))) {
        forums.add(channel);
        return startThread(channel, body, message);
      }
      if (error.code === 'discord_thread_archived') {
        await api.request('PATCH', `/channels/${channel}`, { body: { archived: false } });
        return toRef(await api.request<Sent>('POST', `/channels/${channel}/messages`, { body }));
      }
      throw error;
    }
  }

  /** In a forum every message begins a thread, and has its id. */
  async function startThread(forum: string, body: object, message: Message): Promise<MessageRef> {
    const { nonce: _nonce, enforce_nonce: _enforced, ...rest } = body as Readonly<Record<string, unknown>>;
    const thread = await api.request<{ readonly id: string }>('POST', `/channels/${forum}/threads`, {
      body: { name: threadName(message), message: rest },
    });
    return { channel: thread.id, id: thread.id };
  }

  async function reply(channel: string, root: string, body: object, message: Message): Promise<MessageRef> {
    try {
      return await send(root, body, message);
    } catch (error) {
      // Until somebody begins one, a message has no thread. A thread has the id of the message it hangs on.
      if (!(error instanceof AppError) || error.code !== 'discord_channel_gone') throw error;
    }
    const begin = { body: { name: threadName(message) } };
    await api.request('POST', `/channels/${channel}/messages/${root}/threads`, begin).catch((error: unknown) => {
      if (!(error instanceof AppError) || error.code !== 'discord_thread_exists') throw error;
    });
    return send(root, body, message);
  }

  async function named(channel: string, error: unknown): Promise<never> {
    if (!(error instanceof AppError) || !['discord_permission', 'discord_access'].includes(error.code)) throw error;
    const found = await directory.missing(channel).catch(() => undefined);
    throw found && found.missing.length > 0 ? lacking(found.name, found.missing) : error;
  }

  const threadName = (message: Message) => {
    const characters = [...(message.title?.text || line(message))];
    return characters.slice(0, THREAD_NAME_LENGTH).join('') || 'Webhook';
  };
  const line = (message: Message) => toSummaryLine(message, parseMarkdown(message.body), parseMarkdown);
  const plain = (message: Message) => ({
    content: escapeDiscord(line(message)),
    embeds: [],
    components: [],
    allowed_mentions: { parse: [] },
  });

  return {
    async post(channel, message, { thread, nonce }) {
      const stamp = { nonce: toNonce(nonce), enforce_nonce: true };
      const out = (payload: DiscordMessage | ReturnType<typeof plain>) => {
        const body = { ...marked(payload, nonce), ...stamp };
        return thread ? reply(channel, thread, body, message) : send(channel, body, message);
      };
      try {
        return await out(toPayload(message));
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'discord_payload') return named(channel, error);
        // A message that Discord will not take as it is still gets told.
        return await out(plain(message));
      }
    },
    async edit({ channel, id }, message) {
      const patch = (body: object) => api.request('PATCH', `/channels/${channel}/messages/${id}`, { body });
      try {
        await patch(toPayload(message));
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        if (error.code === 'discord_payload') await patch(plain(message));
        else if (error.code === 'discord_thread_archived') {
          await api.request('PATCH', `/channels/${channel}`, { body: { archived: false } });
          await patch(toPayload(message));
        } else throw error;
      }
      return { channel, id };
    },
    find: (channel, nonce, since) => findPost({ api, applicationId }, { channel, nonce, since }),
  };
}

/** At most what Discord takes. */
function toNonce(nonce: string): string {
  return nonce.length <= NONCE_LENGTH
    ? nonce
    : createHash('sha256').update(nonce).digest('base64url').slice(0, NONCE_LENGTH);
}

function marked<Payload extends { readonly components: readonly object[] }>(payload: Payload, nonce: string): object {
  const [first, ...rest] = payload.components;
  return first ? { ...payload, components: [{ ...first, id: toMark(nonce) }, ...rest] } : payload;
}

function toRef({ channel_id: channel, id }: Sent): MessageRef {
  return { channel, id };
}
