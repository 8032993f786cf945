import type { Broadcast, Follow } from '../event/follow.ts';
import type { Density, NotifyLevel, PingLevel } from '../message/density.ts';
import type { Place } from './channel.ts';
import type { RouteHolds } from './route-hold.ts';
import type { Rule } from './rule.ts';

/** One of an endpoint's signing secrets. Several are valid at once while one replaces another. */
export interface Secret {
  readonly id: string;
  readonly value: string;
  readonly createdAt: string;
  /** Until when it still counts, ISO 8601; for ever when absent. */
  readonly expiresAt?: string;
}

/** An endpoint's way to a channel. */
export interface Route extends Place, RouteHolds {
  readonly id: string;
  /** How much of each message is shown there; what fits in about six lines when absent. */
  readonly density?: Density;
  /** When a phone must show the first line of a message; where it is important when absent. */
  readonly notify?: NotifyLevel;
  /** From which severity on people are pinged there; always when absent. */
  readonly pings?: PingLevel;
  /** How later events of a subject are shown; by its kind when absent. */
  readonly follow?: Follow;
  /** Which replies in a thread are shown in the channel as well; none when absent. */
  readonly broadcast?: Broadcast;
  /** Whether reactions on a subject's first message show how it stands, where the platform has them; they do not when absent. */
  readonly reactions?: 'on';
  /** Whether its messages have 👍 and 👎, which say whether it was good to be sent them; they have not when absent. */
  readonly votes?: 'on';
  /** For how many milliseconds the same again is counted instead of posted; a day when absent. */
  readonly repeats?: number;
  /** Past how many milliseconds an event that could not be posted is only summarised; never when absent. */
  readonly stale?: number;
  /** Only events for which this is true are posted there, in CEL; all of them when absent. */
  readonly filter?: string;
  /** The same, for a route that is chosen by a condition: what no such route takes is for the `otherwise` route. */
  readonly when?: string;
  /** Whether it takes what no route with a `when` takes. */
  readonly otherwise?: true;
  /** Who changed its conditions last, as people read it, and when, ISO 8601. */
  readonly editedBy?: string;
  readonly editedAt?: string;
}

/** A secret URL we handed out: one provider in, one or more routes out. Times are ISO 8601. */
export interface Endpoint {
  readonly id: string;
  readonly name: string;
  readonly provider: string;
  readonly token: string;
  readonly secrets: readonly Secret[];
  /** What the provider lets an endpoint choose, such as the header of a generic signature. */
  readonly options: Readonly<Record<string, string>>;
  readonly routes: readonly Route[];
  /** Who may change it besides admins, as `platform:user` or `discord:&role`. */
  readonly owners: readonly string[];
  readonly createdAt: string;
  /** Largest body accepted, in bytes; 5 MB when absent. */
  readonly bodyLimit?: number;
  /** How often it delivers at least, in milliseconds; as is learned when absent, and 0 where nobody wants to know. */
  readonly expect?: number;
  /** A token for its provider's API, with which deliveries that failed are fetched. */
  readonly apiToken?: string;
  /** What is done about some of its events, in order: of those that set a severity, the first that fits counts. */
  readonly rules?: readonly Rule[];
}

/** The secrets that still count at a moment, oldest first. */
export function activeSecrets({ secrets }: Endpoint, now: Date): readonly Secret[] {
  return secrets.filter(({ expiresAt }) => !expiresAt || Date.parse(expiresAt) > now.getTime());
}
