import type { Clock } from '../../core/clock.ts';
import { isPaused, type Mute } from '../../core/settings/mute.ts';
import { lastRelease, routeHolder } from '../../core/settings/route-hold.ts';
import type { SettingsStore } from '../../core/settings/settings.ts';
import type { FiringLog } from './firing-log.ts';

/** A digest of a route, and since when it is due, in milliseconds. */
export interface DueRoute {
  readonly holder: string;
  readonly due: number;
}

/** What is written down so soon after a digest was due was decided before, in milliseconds. */
const GRACE = 10_000;
/** Mutes whose endpoint’s newest event is remembered. */
const REMEMBERED = 10_000;

/**
 * Knows when mutes begin to pause and when the digests of routes come due. What was said last is remembered only so that
 * nothing is looked up in vain: what is held in the journal decides.
 */
export function createPauses({
  settings,
  clock,
  firing,
}: {
  readonly settings: SettingsStore;
  readonly clock: Clock;
  readonly firing: Pick<FiringLog, 'isFiring'>;
}) {
  const holding = new Map<string, boolean>();
  const released = new Map<string, number>();
  const looked = new Map<string, string>();

  return {
    /** Mutes that pause since this was asked last, for nothing is firing any more or their hours are over. */
    begun(): readonly Mute[] {
      const now = clock.now();
      const pausing = settings.current.mutes.filter((mute) => mute.every ?? mute.while);
      prune(holding, new Set(pausing.map(({ id }) => id)));
      return pausing.filter((mute) => {
        const holds = !isPaused(mute, now) && (!mute.while || firing.isFiring(mute.while, { now }));
        const held = holding.get(mute.id);
        holding.set(mute.id, holds);
        return !holds && held !== false;
      });
    },
    /** Routes whose digest came due since this was asked last. */
    dueRoutes(): readonly DueRoute[] {
      const now = clock.now().getTime();
      const routes = settings.current.endpoints.flatMap((endpoint) =>
        endpoint.routes.filter(({ digest, quiet }) => digest ?? quiet),
      );
      prune(released, new Set(routes.map(({ id }) => routeHolder(id))));
      return routes.flatMap((route) => {
        const holder = routeHolder(route.id);
        const due = lastRelease(route, now);
        if (due === undefined || released.get(holder) === due) return [];
        released.set(holder, due);
        // Nothing is held outside of quiet hours, so all that is held came in them.
        return [{ holder, due: route.digest ? due + GRACE : Number.POSITIVE_INFINITY }];
      });
    },
    /** Whether an endpoint has a newer event than when this was asked last for a mute. */
    isNews({ id }: Mute, newestEventId: string | undefined): boolean {
      if (newestEventId === undefined || looked.get(id) === newestEventId) return false;
      if (looked.size >= REMEMBERED) looked.clear();
      looked.set(id, newestEventId);
      return true;
    },
    /** Has what went wrong be tried again. */
    forget(id: string): void {
      holding.delete(id);
      released.delete(id);
      looked.delete(id);
    },
  };
}

function prune(known: Map<string, unknown>, ids: ReadonlySet<string>): void {
  for (const id of known.keys()) if (!ids.has(id)) known.delete(id);
}
