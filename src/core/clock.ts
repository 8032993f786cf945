/** Tells the time. Passed in, so that tests can make it any time they like. */
export interface Clock {
  now(): Date;
  /** Resolves after so many milliseconds; early, and quietly, when the signal aborts. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}
