import { AppError } from '../../../core/errors.ts';
import { hasCode } from '../connection/to-app-error.ts';
import type { Channels } from './channels.ts';

/** The servers of some channels. Channels that Discord does not show are left out. Throws `AppError` when it cannot be asked now. */
export async function serversOfChannels(channels: Channels, ids: readonly string[]): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const id of ids) {
    const server = await channels.serverOf(id).catch(passOver);
    if (server !== undefined) found.add(server);
  }
  return [...found];
}

function passOver(error: unknown): undefined {
  const helpless = error instanceof AppError && error.retryAfter === undefined;
  if (!helpless && !hasCode(error, 'discord_unknown', 'discord_nothing_there')) throw error;
}
