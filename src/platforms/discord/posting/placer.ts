import { AppError } from '../../../core/errors.ts';
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
  /** The tags that it has in a forum. */
  readonly tags: (forum: string) => Promise<readonly string[]>;
}

/** Puts bodies where they belong. Throws `AppError`. */
export interface Placer {
  /** Into a channel, a thread, or as a thread of its own into a forum. */
  place(channel: string, body: object, options: PlaceOptions): Promise<MessageRef>;
  /** In the place of what stands there. */
  replace(ref: MessageRef, body: object): Promise<void>;
}

interface Sent {
  readonly id?: unknown;
  readonly channel_id?: unknown;
}

const NAMELESS = 'Webhook';

export function createPlacer(api: DiscordApi, directory: Directory, channels: Channels): Placer {
  const forums = new Set<string>();

  async function send(channel: string, body: object, options: PlaceOptions): Promise<MessageRef> {
    if (forums.has(channel)) return startThread(channel, body, options);
    const post = async () => {
      const { id, channel_id: place } = await api.request<Sent>('POST', `/channels/${channel}/messages`, { body });
      return { channel: toId(place), id: toId(id) };
    };
    try {
      return await reopening(channel, post);
    } catch (error) {
      if (!hasCode(error, 'discord_forum', 'discord_channel_kind') || !(await directory.isForum(channel))) throw error;
      forums.add(channel);
      return startThread(channel, body, options);
    }
  }

  /** In a forum every message begins a thread, and has its id. */
  async function startThread(forum: string, body: object, { name, tags }: PlaceOptions): Promise<MessageRef> {
    const { nonce: _nonce, enforce_nonce: _enforced, ...message } = body as Readonly<Record<string, unknown>>;
    const post = async (more: object) =>
      toId((await api.request<Sent>('POST', `/channels/${forum}/threads`, { body: { ...more, message } })).id);
    const applied = await tags(forum);
    const thread = await named(
      (called) =>
        // A tag may have been removed meanwhile.
        without('applied_tags', post, { name: called, ...(applied.length > 0 && { applied_tags: applied }) }),
      name(),
    );
    channels.note(thread, await channels.serverOf(forum));
    return { channel: thread, id: thread };
  }

  async function reply(channel: string, root: string, body: object, options: PlaceOptions): Promise<MessageRef> {
    try {
      return await send(root, body, options);
    } catch (error) {
      // Until somebody begins one, a message has no thread. A thread has the id of the message it hangs on.
      if (!hasCode(error, 'discord_channel_gone')) throw error;
    }
    const begin = (called: string) =>
      api.request('POST', `/channels/${channel}/messages/${root}/threads`, { body: { name: called } });
    await named(begin, options.name()).catch((error: unknown) => {
      if (!hasCode(error, 'discord_thread_exists')) throw error;
    });
    return send(root, body, options);
  }

  async function reopening<Answer>(channel: string, request: () => Promise<Answer>): Promise<Answer> {
    try {
      return await request();
    } catch (error) {
      if (!hasCode(error, 'discord_thread_archived')) throw error;
    }
    try {
      await api.request('PATCH', `/channels/${channel}`, { body: { archived: false } });
    } catch (error) {
      // Whoever may write in a thread may open it again, unless it is locked.
      throw hasCode(error, 'discord_permission') ? locked(error) : error;
    }
    return request();
  }

  return {
    place: (channel, body, options) =>
      options.thread ? reply(channel, options.thread, body, options) : send(channel, body, options),
    async replace({ channel, id }, body) {
      await reopening(channel, () => api.request('PATCH', `/channels/${channel}/messages/${id}`, { body }));
    },
  };
}

/** Begins a thread under its name, or under one that says nothing where Discord does not like that name. */
async function named<Answer>(begin: (name: string) => Promise<Answer>, name: string): Promise<Answer> {
  try {
    return await begin(name);
  } catch (error) {
    if (!refuses(error, 'name')) throw error;
    return begin(NAMELESS);
  }
}

/** Sends a body, without one of its parts where that is refused. */
async function without<Answer>(part: string, send: (body: object) => Promise<Answer>, body: object): Promise<Answer> {
  try {
    return await send(body);
  } catch (error) {
    if (!refuses(error, part)) throw error;
    return send({ ...body, [part]: undefined });
  }
}

function refuses(error: unknown, part: string): boolean {
  return error instanceof PayloadRefused && error.parts.some(([first]) => first === part);
}

function locked(cause: AppError): AppError {
  const help = 'Unlock it, or choose another channel with `/webhook route`.';
  return new AppError(403, 'discord_thread_locked', `That Discord thread is locked. ${help}`, { cause });
}

/** The id in an answer. Without one, nobody knows where the message stands, or whether it does. */
function toId(id: unknown): string {
  if (typeof id !== 'string' || id === '') throw unreadable();
  return id;
}
