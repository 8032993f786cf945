import type { Clock } from '../../core/clock.ts';
import type { Closing } from '../../core/cluster.ts';
import type { Bucket } from './bucket.ts';
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
  bucket,
  edits,
  total,
  gate,
  clock,
  closed,
  onClosing = () => undefined,
}: {
  readonly bucket: Bucket;
  /** What all channels of the platform share. */
  readonly edits?: Bucket | undefined;
  readonly total?: Bucket | undefined;
  readonly gate: Gate;
  readonly clock: Clock;
  /** Why it takes nothing, where that is known from before. */
  readonly closed?: Closing | undefined;
  /** Called when it takes nothing any more, or something again. */
  readonly onClosing?: (closing: Closing | undefined) => void;
}): Channel {
  let closing = closed && { until: clock.elapsed() + closed.left, reason: closed.reason };
  return {
    gate,
    get closed() {
      return closing && clock.elapsed() < closing.until ? closing.reason : undefined;
    },
    close(reason) {
      const isNews = !closing;
      closing = { until: clock.elapsed() + CLOSED_FOR, reason };
      onClosing({ reason, left: CLOSED_FOR });
      return isNews;
    },
    open() {
      if (closing) onClosing(undefined);
      closing = undefined;
    },
    async turn(signal) {
      const pause = await bucket.take();
      if (pause > 0) await clock.sleep(pause, signal);
      // What the platform takes in all is shared out when the channel has room, so that no channel keeps a turn it cannot use.
      const further = signal.aborted ? 0 : ((await total?.take()) ?? 0);
      if (further > 0) await clock.sleep(further, signal);
    },
    async editTurn(signal) {
      const pause = (await edits?.take()) ?? 0;
      if (pause > 0) await clock.sleep(pause, signal);
    },
    giveBack() {
      bucket.giveBack();
      total?.giveBack();
    },
  };
}
