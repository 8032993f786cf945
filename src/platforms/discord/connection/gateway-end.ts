import { AppError } from '../../../core/errors.ts';
import { TOKEN_RETRY } from './to-app-error.ts';

export const AUTHENTICATION_FAILED = 4004;

const UPDATE = 'Update Bellhop and start again.';

/** What to do about the closes after which Discord allows no reconnect. https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes */
const HELP: Readonly<Record<number, string>> = {
  4010: `Discord rejects the shard that Bellhop asked for. ${UPDATE}`,
  4011: 'Bellhop is on more servers than one connection may carry. Set `DISCORD_PUBLIC_KEY` to take commands over HTTP instead, and start again.',
  4012: `Discord no longer speaks this version of its gateway. ${UPDATE}`,
  4013: `Discord does not know an intent that Bellhop asked for. ${UPDATE}`,
  4014: 'Discord does not allow an intent that Bellhop asked for. Allow it in the developer portal under Bot, Privileged Gateway Intents, or update Bellhop, which needs none; then start again.',
};

/** Why Discord ended a connection to its gateway, and whether time can help. */
export function toGatewayEnd(code: number): AppError {
  if (code === AUTHENTICATION_FAILED)
    return new AppError(
      401,
      'discord_token',
      'Discord closed its gateway with code 4004, because it does not accept the token. Bellhop tries again by itself; if the token was changed, put the current one into `DISCORD_TOKEN` (a change in `.env` needs no restart).',
      { retryAfter: TOKEN_RETRY },
    );
  return new AppError(
    400,
    'discord_gateway_ended',
    `Discord closed its gateway for good with code ${code}, so no command arrives, though messages are still posted. ${HELP[code] ?? UPDATE}`,
  );
}

/** The failure of a start that was stopped before it was complete. */
export function stoppedMeanwhile(): AppError {
  return new AppError(503, 'discord_stopped', 'Discord was stopped while it was connecting.');
}
