import { AppError } from '../../core/errors.ts';
import type { DiscordApi } from './connection/api.ts';
import { hasCode } from './connection/to-app-error.ts';
import { isPublicKey } from './connection/verify-interaction.ts';

/** Ourselves, as Discord knows us. */
export interface Application {
  readonly id: string;
  readonly name: string;
  readonly verify_key: string;
  readonly interactions_endpoint_url?: string | null;
  /** Whether anybody may add it to their own server. */
  readonly bot_public?: boolean;
  readonly bot?: { readonly id: string };
}

export const PUBLIC_BOT =
  'Switch *Public Bot* off in the Discord developer portal under Bot; it asks for *Install Link* to be *None* under Installation.';

/** The id of an application's bot, which is another than its own where the application is old. Throws `AppError`. */
export async function findBotId(api: DiscordApi, { id, bot }: Application): Promise<string> {
  if (bot) return bot.id;
  try {
    return (await api.request<{ readonly id: string }>('GET', '/users/@me')).id;
  } catch (error) {
    if (!hasCode(error, 'discord_nothing_there')) throw error;
    return id;
  }
}

/** The failure of a call that is made before Discord was reached. */
export function notReady(): AppError {
  return new AppError(503, 'discord_not_ready', 'Bellhop has not reached Discord yet.', { retryAfter: 1_000 });
}

const ENDPOINT =
  'The application has an interactions endpoint, so commands do not come over the gateway. Remove it in the Discord developer portal, or set `DISCORD_PUBLIC_KEY`.';
const NO_ENDPOINT =
  'The application has no interactions endpoint yet. Put the public address with `/discord/interactions` into General Information in the Discord developer portal.';

/** Another application's key would refuse all that Discord sends. Throws `AppError`. */
export function checkKey(publicKey: string | undefined, { verify_key: actual }: Application): void {
  if (publicKey === undefined) return;
  if (isPublicKey(publicKey) && publicKey.toLowerCase() === actual.toLowerCase()) return;
  throw new AppError(
    400,
    'discord_public_key',
    '`DISCORD_PUBLIC_KEY` is not the public key of this application. Copy it from General Information in the Discord developer portal.',
  );
}

/** Why commands do not arrive where we listen: Discord sends them to one place only, and the developer portal decides. */
export function misdirection(publicKey: string | undefined, application: Application): string | undefined {
  const endpoint = Boolean(application.interactions_endpoint_url);
  if ((publicKey !== undefined) === endpoint) return undefined;
  return endpoint ? ENDPOINT : NO_ENDPOINT;
}
