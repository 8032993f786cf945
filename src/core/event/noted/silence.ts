/** The deliveries of an endpoint that arrived within one minute: the first and the last, in milliseconds, and how many. */
export interface Arrivals {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** An endpoint that delivers nothing though it should, and whose channels were sent a notice of it. */
export interface Silence {
  readonly endpointId: string;
  /** When it delivered last. */
  readonly since: Date;
}

/** A silence that begins, or one that is over. */
export type SilenceNote = Silence | { readonly endpointId: string; readonly over: true };

/** Remembers silences until they are over. They are written with the notices of them: see `PostStore.owe`. */
export interface SilenceStore {
  list(): Promise<readonly Silence[]>;
}
