import { AppError } from '../../core/errors.ts';
import { isPublicKey } from './connection/verify-interaction.ts';

/** Ourselves, as Discord knows us. */
export interface Application {
  readonly id: string;
  readonly name: string;
  readonly verify_key: string;
  readonly interactions_endpoint_url?: string | null;
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

/** Why commands go elsewhere than we listen: Discord sends them to one place only, and the developer portal decides. */
export function misdirection(publicKey: string | undefined, application: Application): string | undefined {
  const endpoint = Boolean(application.interactions_endpoint_url);
  if ((publicKey !== undefined) === endpoint) return undefined;
  return endpoint ? ENDPOINT : NO_ENDPOINT;
}
