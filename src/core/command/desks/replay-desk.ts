import type { Caller } from '../permission.ts';

/** An event that could not be replayed, and why. */
export interface ReplayFailure {
  readonly event: string;
  readonly reason: string;
}

/** Many events that are posted again one after another. */
export interface ReplayRun {
  readonly id: string;
  /** `interrupted`: Bellhop was stopped, or the node that ran it was lost. */
  readonly state: 'running' | 'done' | 'stopped' | 'interrupted';
  /** What people call whoever asked for it. */
  readonly by: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly total: number;
  /** How many had their turn, those that failed among them. */
  readonly done: number;
  readonly failed: number;
  /** The first of those that failed. */
  readonly failures: readonly ReplayFailure[];
}

/** Replays many events, one run at a time. */
export interface ReplayDesk {
  /**
   * Begins to replay events, the oldest first, at the pace of their channels; resolves once that is recorded and does not wait for
   * the rest. Throws `AppError` while another run goes on.
   */
  begin(eventIds: readonly string[], caller: Caller): Promise<ReplayRun>;
  /** Ends a run after the event that has its turn. Whether there was one to end. */
  stop(runId: string): boolean;
  /** The run that goes on, or else the last one since the start. */
  current(): ReplayRun | undefined;
}
