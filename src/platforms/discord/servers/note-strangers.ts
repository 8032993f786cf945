import type { Log } from '../../../core/log.ts';
import { oneLine } from '../../../core/text/clean-text.ts';
import { cutText } from '../../../core/text/cut-text.ts';
import type { ServedServers } from './served-servers.ts';

/** Logs once of each server that Bellhop was added to and does not serve, with the way to serve it. */
export type NoteStranger = (server: { readonly id: string; readonly name?: string | undefined }) => void;

/** How many are remembered: whoever adds Bellhop to many servers must not fill the memory. */
const REMEMBERED = 1_000;
const NAME_LENGTH = 80;

export function createStrangerNotes({
  served,
  log,
}: {
  readonly served: ServedServers;
  readonly log: Log;
}): NoteStranger {
  const noted = new Map<string, string>();
  return ({ id, name }) => {
    if (served.has(id)) return;
    const todo = toServe(served, id);
    // A code is good for a day or two, and then there is another.
    if (noted.get(id) === todo) return;
    noted.set(id, todo);
    const [oldest] = noted.keys();
    if (oldest !== undefined && noted.size > REMEMBERED) noted.delete(oldest);
    const called = name === undefined ? id : `${cutText(oneLine(name), NAME_LENGTH)} (${id})`;
    log.warn(
      { platform: 'discord', server: id },
      `Bellhop is on the Discord server ${called} and does not serve it, so it answers nobody there. ${todo} If that server is not yours, remove Bellhop from it.`,
    );
  };
}

/** How an administrator lets a server be served. */
export function toServe(served: ServedServers, server: string): string {
  return served.growing
    ? `To serve it, type \`/webhook confirm code:${served.codeFor(server)}\` there, today or tomorrow.`
    : `To serve it, add ${server} to \`DISCORD_GUILD_IDS\`.`;
}
