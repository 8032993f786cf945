import type { MessageRef } from '../../../core/event/message-ref.ts';
import type { DiscordApi } from '../connection/api.ts';
import { PayloadRefused } from '../connection/payload-refused.ts';
import { unreadable } from '../connection/read-answer.ts';
import { hasCode } from '../connection/to-app-error.ts';
import type { Channels } from '../servers/channels.ts';
import type { Directory } from './directory.ts';

export interface PlaceOptions {
  /** The message whose thread it belongs to. */
  readonly thread?: string;
  /** What a thread is called that has to be begun. */
  readonly name: () => string;
}

/** Puts bodies where they belong. Throws `AppError`. */
export interface Placer {
  /** Into a channel, a thread, or as a thread of its own into a forum. */
  place(channel: string, body: object, options: PlaceOptions): Promise<MessageRef>;
  /** In the place of what stands there. */
  replace(ref: MessageRef, body: object): Promise<void>;
  /** Archives the thread that a message began in a forum. What is posted there later opens it again. */
  close(ref: MessageRef): Promise<void>;
}

interface Sent {
  readonly id?: unknown;
  readonly channel_id?: unknown;
}

const NAMELESS = 'Webhook';

export function createPlacer(api: DiscordApi, directory: Directory, channels: Channels): Placer {
  const forums = new Set<string>();

  async function send(channel: string, body: object, name: () => string): Promise<MessageRef> {
    if (forums.has(channel)) return startThread(channel, body, name);
    const post = async () => {
      const { id, channel_id: place } = await api.request<Sent>('POST', `/channels/${channel}/messages`, { body });
      return { channel: toId(place), id: toId(id) };
    };
    try {
      return await reopening(channel, post);
    } catch (error) {
      if (!hasCode(error, 'discord_forum', 'discord_channel_kind') || !(await directory.isForum(channel))) throw error;
      forums.add(channel);
      return startThread(channel, body, name);
    }
  }

  /** In a forum every message begins a thread, and has its id. */
  async function startThread(forum: string, body: object, name: () => string): Promise<MessageRef> {
    const { nonce: _nonce, enforce_nonce: _enforced, ...message } = body as Readonly<Record<string, unknown>>;
    const begin = async (called: string) =>
      toId((await api.request<Sent>('POST', `/channels/${forum}/threads`, { body: { name: called, message } })).id);
    const thread = await named(begin, name());
    channels.note(thread, await channels.serverOf(forum));
    return { channel: thread, id: thread };
  }

  async function reply(channel: string, root: string, body: object, name: () => string): Promise<MessageRef> {
    try {
      return await send(root, body, name);
    } catch (error) {
      // Until somebody begins one, a message has no thread. A thread has the id of the message it hangs on.
      if (!hasCode(error, 'discord_channel_gone')) throw error;
    }
    const begin = (called: string) =>
      api.request('POST', `/channels/${channel}/messages/${root}/threads`, { body: { name: called } });
    await named(begin, name()).catch((error: unknown) => {
      if (!hasCode(error, 'discord_thread_exists')) throw error;
    });
    return send(root, body, name);
  }

  async function reopening<Answer>(channel: string, request: () => Promise<Answer>): Promise<Answer> {
    try {
      return await request();
    } catch (error) {
      if (!hasCode(error, 'discord_thread_archived')) throw error;
    }
    await api.request('PATCH', `/channels/${channel}`, { body: { archived: false } });
    return request();
  }

  return {
    place: (channel, body, { thread, name }) =>
      thread ? reply(channel, thread, body, name) : send(channel, body, name),
    async replace({ channel, id }, body) {
      await reopening(channel, () => api.request('PATCH', `/channels/${channel}/messages/${id}`, { body }));
    },
    async close({ channel, id }) {
      const beganThread = channel === id;
      if (beganThread) await api.request('PATCH', `/channels/${channel}`, { body: { archived: true } });
    },
  };
}

/** Begins a thread under its name, or under one that says nothing where Discord does not like that name. */
async function named<Answer>(begin: (name: string) => Promise<Answer>, name: string): Promise<Answer> {
  try {
    return await begin(name);
  } catch (error) {
    if (!(error instanceof PayloadRefused) || !error.parts.some(([part]) => part === 'name')) throw error;
    return begin(NAMELESS);
  }
}

/** The id in an answer. Without one, nobody knows where the message stands, or whether it does. */
function toId(id: unknown): string {
  if (typeof id !== 'string' || id === '') throw unreadable();
  return id;
}
