import type { Endpoint } from '../../settings/endpoint.ts';

/** What came of fetching the deliveries that failed. */
export interface Recovered {
  /** How many failed, as the provider says. */
  readonly failed: number;
  /** How many were taken, and how many were here already. */
  readonly taken: number;
  readonly known: number;
  /** Those that could not be taken, by the provider's id, and why. */
  readonly refused: readonly { readonly id: string; readonly reason: string }[];
  /** Whether there are more than were looked at. */
  readonly partial: boolean;
}

/** Fetches from providers what they could not deliver. */
export interface RecoveryDesk {
  /** What a provider's token must be, as Markdown, and what names the place that keeps its deliveries; nothing where it keeps none. */
  about(provider: string): { readonly token: string; readonly place: string } | undefined;
  /**
   * Fetches the deliveries that failed since a moment, and takes them as if they had arrived. `place` says where the provider
   * keeps them, where no event tells. Throws `AppError` where the provider gives none.
   */
  recover(
    endpoint: Endpoint,
    query: { readonly since: Date; readonly token: string; readonly place?: string | undefined },
  ): Promise<Recovered>;
}
