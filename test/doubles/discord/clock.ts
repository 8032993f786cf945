const EPOCH = 1_420_070_400_000;

/** Discord's own time: real time that a test can push forward. */
export interface DiscordClock {
  now(): number;
  /** How far it was pushed. What Discord limits to seconds is measured by this, so that a slow machine is never too late. */
  pushed(): number;
  advance(milliseconds: number): void;
  /** A new id, greater than every one before. */
  snowflake(at?: number): string;
}

export function createDiscordClock(): DiscordClock {
  let offset = 0;
  let count = 0n;
  const now = () => Date.now() + offset;
  return {
    now,
    pushed: () => offset,
    advance(milliseconds) {
      offset += milliseconds;
    },
    // The counter takes the low bits, so that ids made in one millisecond still differ.
    snowflake: (at = now()) => String((BigInt(at - EPOCH) << 22n) | (count++ & 0x3fffffn)),
  };
}
