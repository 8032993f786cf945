import type { Clock } from '../../core/clock.ts';
import { AppError } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import type { Platform } from '../../core/platform/platform.ts';
import type { Channel } from '../../core/settings/channel.ts';
import type { Endpoint } from '../../core/settings/endpoint.ts';
import type { SettingsStore } from '../../core/settings/settings.ts';

export interface NameFollower {
  /** Notes what a channel is called now. */
  named(platform: string, channel: Channel): void;
  /** Asks for the names of every channel that is routed to, one after another. Resolves whatever comes of it. */
  lookUp(platform: Platform, signal: AbortSignal): Promise<void>;
}

/** Between two questions, in milliseconds: platforms answer about fifty in a minute, and nobody waits for these. */
const PAUSE = 1_500;

/** Keeps the names of routed channels as people call them today: a route is made once, and a channel renamed at any time. */
export function createNameFollower({
  settings,
  clock,
  log,
}: {
  readonly settings: SettingsStore;
  readonly clock: Clock;
  readonly log: Log;
}): NameFollower {
  function named(platform: string, { id, name }: Channel): void {
    const isOld = (route: Endpoint['routes'][number]) =>
      route.platform === platform && route.channel === id && route.channelName !== name;
    if (!settings.current.endpoints.some(({ routes }) => routes.some(isOld))) return;
    settings
      .update((current) => ({
        ...current,
        endpoints: current.endpoints.map((endpoint) =>
          endpoint.routes.some(isOld)
            ? {
                ...endpoint,
                routes: endpoint.routes.map((route) => (isOld(route) ? { ...route, channelName: name } : route)),
              }
            : endpoint,
        ),
      }))
      .catch((error: unknown) =>
        log.warn({ platform, channel: id, err: error }, 'a channel’s new name could not be saved'),
      );
  }

  return {
    named,
    async lookUp(platform, signal) {
      const routes = settings.current.endpoints.flatMap((endpoint) => endpoint.routes);
      const channels = new Set(
        routes.filter((route) => route.platform === platform.name).map(({ channel }) => channel),
      );
      let asked = 0;
      for (const id of channels) {
        if (signal.aborted) return;
        if (asked++ > 0) await clock.sleep(PAUSE, signal);
        try {
          named(platform.name, await platform.channel(id));
        } catch (error) {
          // A channel that cannot be seen keeps its name; whether it takes messages is found out by posting.
          if (!(error instanceof AppError))
            log.error({ platform: platform.name, err: error }, 'a channel’s name could not be looked up');
        }
      }
    },
  };
}
