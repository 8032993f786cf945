import type { Clock } from '../../../core/clock.ts';
import { AppError } from '../../../core/errors.ts';
import type { Log } from '../../../core/log.ts';
import type { SettingsStore } from '../../../core/settings/settings.ts';
import type { DiscordApi } from '../connection/api.ts';
import { createChannels } from './channels.ts';
import { listServers } from './list-servers.ts';
import { createStrangerNotes } from './note-strangers.ts';
import { createServedServers } from './served-servers.ts';
import { createServerCodes } from './server-codes.ts';
import { createServerPeople } from './server-people.ts';
import { serversOfChannels } from './servers-of-channels.ts';
import { createSight } from './sight.ts';

export interface ServersParts {
  readonly api: DiscordApi;
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: Pick<SettingsStore, 'current' | 'update'>;
  /** The installation's own key. */
  readonly key: Buffer;
  /** The servers that the configuration names. */
  readonly serverIds: readonly string[] | undefined;
  readonly guildId: string | undefined;
}

export type Servers = ReturnType<typeof createServers>;

/** The servers that Bellhop is on: which are served, their channels and people. */
export function createServers({ api, clock, log, settings, key, serverIds, guildId }: ServersParts) {
  const served = createServedServers({ settings, clock, codes: createServerCodes(key), serverIds, guildId });
  const channels = createChannels(api, clock);
  const people = createServerPeople(api, clock);
  const note = createStrangerNotes({ served, log });

  return {
    served,
    channels,
    people,
    sight: createSight({ api, channels, people, served, clock }),
    note,
    /** Lets an installation that is older than the list of servers go on to serve those it has posted to. Throws `AppError`. */
    async fillOnce(): Promise<void> {
      const found = await served.fillOnce((ids) => serversOfChannels(channels, ids));
      if (found.length > 0)
        log.warn(
          { platform: 'discord', servers: found },
          'Bellhop serves these Discord servers, because endpoints lead to their channels. Remove those that are not yours from `servers` in `settings.json`.',
        );
    },
    /** Logs the servers that are not served. Throws nothing that Discord answers. */
    async noteStrangers(): Promise<void> {
      try {
        for (const server of await listServers(api)) note(server);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        log.debug({ platform: 'discord', reason: error.message }, 'the servers of the bot could not be listed');
      }
    },
  };
}
