import { type DigestTimes, describeDigestTimes, lastDigestTime } from '../text/calendar/digest-times.ts';
import { describeHours, type HoursWatch, type WeeklyHours, watchHours } from '../text/calendar/weekly-hours.ts';

/** A route's digest: what comes is shown together at these times. */
export interface RouteDigest extends DigestTimes {
  /** What is posted at once all the same, in CEL. */
  readonly except?: string;
}

/** A route's quiet hours: what comes in them is shown together when they end. */
export interface RouteQuiet extends WeeklyHours {
  /** What is posted at once all the same, in CEL. */
  readonly except?: string;
}

export interface RouteHolds {
  readonly digest?: RouteDigest;
  readonly quiet?: RouteQuiet;
}

const PREFIX = 'route:';

/** What posts that a route holds name in place of a mute. */
export function routeHolder(routeId: string): string {
  return PREFIX + routeId;
}

/** The route that holds a post; nothing where a mute does. */
export function heldByRoute(holder: string | undefined): string | undefined {
  return holder?.startsWith(PREFIX) ? holder.slice(PREFIX.length) : undefined;
}

/**
 * When the digest of what a route holds was last due, in milliseconds; nothing while it is quiet, and where none ever was.
 * A digest that is due in quiet hours waits for their end.
 */
export function lastRelease({ digest, quiet }: RouteHolds, now: number, watch?: HoursWatch): number | undefined {
  const hours = watch ?? (quiet && watchHours(quiet));
  if (hours?.at(now)) return undefined;
  if (!digest) return hours?.last(now)?.end;
  const due = lastDigestTime(digest, now);
  return hours?.at(due)?.end ?? due;
}

/** `digest daily at 09:00 (Europe/Berlin) except about.severity == 'critical'`; nothing where it holds nothing. */
export function describeHolds({ digest, quiet }: RouteHolds): readonly string[] {
  const except = (condition: string | undefined) =>
    condition ? ` except \`${condition.replaceAll('`', "'").replace(/\s+/g, ' ')}\`` : '';
  return [
    ...(digest ? [`digest ${describeDigestTimes(digest)}${except(digest.except)}`] : []),
    ...(quiet ? [`quiet ${describeHours(quiet)}${except(quiet.except)}`] : []),
  ];
}
