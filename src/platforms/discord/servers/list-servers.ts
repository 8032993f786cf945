import type { DiscordApi } from '../connection/api.ts';
import { retryLimited } from '../connection/retry-limited.ts';
import { missingPermissions } from './permissions.ts';

/** A server that Bellhop was added to, and the permissions that it lacks there. */
export interface Server {
  readonly id: string;
  readonly name: string;
  readonly missing: readonly string[];
}

interface Guild {
  readonly id: string;
  readonly name: string;
  readonly permissions: string;
}

/** As many as Discord lists at once. */
const PAGE = 200;

/** All servers that the bot is on, however many strangers added it to theirs. Throws `AppError`. */
export async function listServers(api: DiscordApi): Promise<readonly Server[]> {
  const all: Server[] = [];
  for (let after = '0'; ; after = all.at(-1)?.id ?? '') {
    const query = { limit: String(PAGE), after };
    const page = await retryLimited(() =>
      api.request<readonly Guild[]>('GET', '/users/@me/guilds', { query, answer: 'list' }),
    );
    const servers = page.map(({ id, name, permissions }) => ({
      id,
      name,
      missing: missingPermissions(BigInt(permissions)),
    }));
    all.push(...servers);
    if (page.length < PAGE || page.at(-1)?.id === after) return all;
  }
}
