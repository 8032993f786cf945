import { EventEmitter, once } from 'node:events';

const EPOCH = 1_420_070_400_000;

/** Discord's own time: real time that a test can push forward. */
export interface DiscordClock {
  now(): number;
  /** How far it was pushed. What Discord limits to seconds is measured by this, so that a slow machine is never too late. */
  pushed(): number;
  advance(milliseconds: number): void;
  /** Resolves once it was pushed that far, or the signal aborts. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** A new id, greater than every one before. */
  snowflake(at?: number): string;
}

export function createDiscordClock(): DiscordClock {
  let offset = 0;
  let count = 0n;
  const changes = new EventEmitter().setMaxListeners(0);
  const now = () => Date.now() + offset;
  return {
    now,
    pushed: () => offset,
    advance(milliseconds) {
      offset += milliseconds;
      changes.emit('advance');
    },
    async sleep(milliseconds, signal) {
      const until = offset + milliseconds;
      while (offset < until && !signal?.aborted)
        await once(changes, 'advance', { ...(signal && { signal }) }).catch(() => undefined);
    },
    // The counter takes the low bits, so that ids made in one millisecond still differ.
    snowflake: (at = now()) => String((BigInt(at - EPOCH) << 22n) | (count++ & 0x3fffffn)),
  };
}
