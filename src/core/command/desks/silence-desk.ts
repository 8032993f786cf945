import type { Endpoint } from '../../settings/endpoint.ts';

/** How often an endpoint delivers, as far as that is known. */
export interface KnownRhythm {
  /** The longest time, in milliseconds, that usually passes without a delivery after the last one. */
  readonly usual: number;
  /** Whether nothing has arrived for so much longer that it counts as a silence. */
  readonly silent: boolean;
  /** Whether somebody said so; it was learned otherwise. */
  readonly expected: boolean;
}

/** What commands ask about silences. */
export interface SilenceDesk {
  /** Nothing where too little is known to say. The last delivery is taken to have come just now where it is not given. */
  rhythm(endpoint: Endpoint, last?: Date): Promise<KnownRhythm | undefined>;
  /** Since when an endpoint is silent; nothing where it is not, or nobody was sent a notice yet. */
  silentSince(endpointId: string): Promise<Date | undefined>;
}
