import type { ChatPerson } from '../../../core/command/chat.ts';
import { plainName } from '../../../core/settings/person.ts';
import type { DiscordApi } from '../connection/api.ts';
import { retryLimited } from '../connection/retry-limited.ts';

/** The person or role that somebody means by `<@123>`, `<@&123>` or an id; nothing where it is none. */
export function findPerson(text: string): ChatPerson | undefined {
  const [, role, mentioned, typed] = /^<@(&)?!?(\d{5,20})>$|^(\d{15,20})$/.exec(text.trim()) ?? [];
  const id = mentioned ?? typed;
  if (!id) return undefined;
  return role ? { id: `&${id}`, isGroup: true } : { id, isGroup: false };
}

interface Member {
  readonly nick?: string | null;
  readonly user?: {
    readonly id: string;
    readonly username: string;
    readonly global_name?: string | null;
    readonly bot?: boolean;
  };
}

const SEARCHED = '20';
/** The longest name that Discord knows. */
const NAME_LENGTH = 32;

/** Members of these servers who are called exactly so. Throws `AppError` when Discord cannot be asked. */
export async function findProfiles(
  said: string,
  { request }: Pick<DiscordApi, 'request'>,
  servers: readonly string[],
): Promise<readonly ChatPerson[]> {
  const name = plainName(said);
  if (name === '' || name.length > NAME_LENGTH) return [];
  const found = new Map<string, ChatPerson>();
  for (const server of servers) {
    const query = { query: name, limit: SEARCHED };
    const members = await retryLimited(() =>
      request<readonly Member[]>('GET', `/guilds/${server}/members/search`, { query, answer: 'list' }),
    );
    for (const { user, nick } of members) {
      if (!user || user.bot || ![nick, user.username, user.global_name].some((each) => plainName(each ?? '') === name))
        continue;
      found.set(user.id, { id: user.id, name: nick ?? user.global_name ?? user.username, isGroup: false });
    }
  }
  return [...found.values()];
}
