/** What time it is, and how much has passed. Passed in, so that tests can set it. */
export interface Clock {
  /** The wall clock, for what people see and for moments that are stored. It jumps when somebody sets it. */
  now(): Date;
  /** Milliseconds since some moment, by a clock that nobody can set. Durations are measured by this one. */
  elapsed(): number;
  /** Resolves after so many milliseconds, by the clock that nobody can set; early, and quietly, when the signal aborts. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}
