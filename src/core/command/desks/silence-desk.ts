import type { Endpoint } from '../../settings/endpoint.ts';

/** How often an endpoint delivers, as far as that is known. */
export interface KnownRhythm {
  /** The longest time, in milliseconds, that usually passes without a delivery when the last one came just now. */
  readonly usual: number;
  /** Whether somebody said so; it was learned otherwise. */
  readonly told: boolean;
}

/** What commands ask about silences. */
export interface SilenceDesk {
  /** Nothing where too little is known to say. */
  rhythm(endpoint: Endpoint): Promise<KnownRhythm | undefined>;
  /** Since when an endpoint is silent; nothing where it is not, or nobody was sent a notice yet. */
  silentSince(endpointId: string): Promise<Date | undefined>;
}
