import type { Clock } from '../../core/clock.ts';
import type { ChannelBudget } from '../../core/platform/platform.ts';
import { type Bucket, createBucket } from './bucket.ts';
import type { Gate } from './gate.ts';

/** What a channel takes now. */
export interface Channel {
  /** Why it takes nothing; absent while it may take something. */
  readonly closed: string | undefined;
  /** Notes that it takes nothing. Gives back whether that is news. */
  close(reason: string): boolean;
  open(): void;
  /** Waits until the budget has room for one more message; resolves early when the signal aborts. */
  turn(signal: AbortSignal): Promise<void>;
  /** What lets all channels of the platform pass. */
  readonly gate: Gate;
  /** Waits until something may be edited, besides the turn that this needs. */
  editTurn(signal: AbortSignal): Promise<void>;
  /** Gives back a turn that was not used. */
  giveBack(): void;
}

/** How long nothing is sent to a channel that takes nothing: refused calls count towards a ban. */
const CLOSED_FOR = 600_000;

export function createChannel({
  budget = { perSecond: 1, burst: 1 },
  edits,
  total,
  gate,
  clock,
}: {
  readonly budget?: ChannelBudget | undefined;
  /** What all channels of the platform share. */
  readonly edits?: Bucket | undefined;
  readonly total?: Bucket | undefined;
  readonly gate: Gate;
  readonly clock: Clock;
}): Channel {
  const bucket = createBucket(budget, clock);
  let closing: { readonly until: number; readonly reason: string } | undefined;
  return {
    gate,
    get closed() {
      return closing && clock.elapsed() < closing.until ? closing.reason : undefined;
    },
    close(reason) {
      const isNews = !closing;
      closing = { until: clock.elapsed() + CLOSED_FOR, reason };
      return isNews;
    },
    open() {
      closing = undefined;
    },
    async turn(signal) {
      const pause = bucket.take();
      if (pause > 0) await clock.sleep(pause, signal);
      // What the platform takes in all is shared out when the channel has room, so that no channel keeps a turn it cannot use.
      const further = signal.aborted ? 0 : (total?.take() ?? 0);
      if (further > 0) await clock.sleep(further, signal);
    },
    async editTurn(signal) {
      const pause = edits?.take() ?? 0;
      if (pause > 0) await clock.sleep(pause, signal);
    },
    giveBack() {
      bucket.giveBack();
      total?.giveBack();
    },
  };
}
