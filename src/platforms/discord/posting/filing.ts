import type { MessageRef } from '../../../core/event/message-ref.ts';
import type { Log } from '../../../core/log.ts';
import type { Filing, Message } from '../../../core/message/message.ts';
import type { DiscordApi } from '../connection/api.ts';
import { retryLimited } from '../connection/retry-limited.ts';
import type { Channels } from '../servers/channels.ts';
import { MANAGE_THREADS } from '../servers/permissions.ts';
import type { Directory } from './directory.ts';
import { chooseTags } from './tags.ts';

/** Gives the posts of forums their tags, and closes them. */
export interface Filer {
  /** The tags of a post that is to begin in a forum. */
  tagsFor(forum: string, filing: Filing | undefined): Promise<readonly string[]>;
  /** Brings the tags of the post that a message began up to date, and archives it where it is over. Of another message there is nothing to file. */
  file(ref: MessageRef, message: Message): Promise<void>;
}

export interface FilerParts {
  readonly api: DiscordApi;
  readonly channels: Channels;
  readonly directory: Directory;
  readonly log: Log;
}

/** Posts whose filing is remembered, so that an edit that changes nothing of it needs no look. */
const REMEMBERED = 1_000;

export function createFiler({ api, channels, directory, log }: FilerParts): Filer {
  const filed = new Map<string, string>();

  async function choose(forum: string, filing: Filing, applied: readonly string[] = []): Promise<readonly string[]> {
    const { available_tags: available = [] } = (await channels.lately(forum)) ?? {};
    const chosen = chooseTags(filing, { available, applied });
    const isModerated = (id: string) => available.some((tag) => tag.id === id && tag.moderated);
    if (!chosen.some((id) => isModerated(id) && !applied.includes(id))) return chosen;
    if (await directory.may(forum, MANAGE_THREADS)) return chosen;
    return chosen.filter((id) => !isModerated(id) || applied.includes(id));
  }

  function remember(thread: string, what: string): void {
    filed.delete(thread);
    filed.set(thread, what);
    const [oldest] = filed.keys();
    if (oldest !== undefined && filed.size > REMEMBERED) filed.delete(oldest);
  }

  /** The tags that a post lacks or has too many of; nothing where they are as they should be. */
  async function newTags(thread: string, filing: Filing): Promise<readonly string[] | undefined> {
    const { parent_id: forum, applied_tags: applied = [] } = await channels.now(thread);
    if (!forum) return undefined;
    const tags = await choose(forum, filing, applied);
    return tags.length === applied.length && tags.every((id) => applied.includes(id)) ? undefined : tags;
  }

  return {
    tagsFor: async (forum, filing) => (filing ? choose(forum, filing) : []),
    async file({ channel, id }, { filing, over = false }) {
      const beganThread = channel === id;
      if (!beganThread) return;
      const now = JSON.stringify(filing);
      const tags = filing && filed.get(channel) !== now ? await newTags(channel, filing) : undefined;
      const change = { ...(tags && { applied_tags: tags }), ...(over && { archived: true }) };
      if (Object.keys(change).length > 0)
        await retryLimited(() => api.request('PATCH', `/channels/${channel}`, { body: change }));
      remember(channel, now);
      if (tags) log.debug({ platform: 'discord', channel, tags: tags.length }, 'a post of a forum has other tags');
    },
  };
}
