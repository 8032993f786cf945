import { timingSafeEqual } from 'node:crypto';

/** Compares bytes in constant time, so that a forger learns nothing from how long a refusal took. Only the length shows. */
export function safeEqual(given: Buffer, expected: Buffer): boolean {
  return given.length === expected.length && timingSafeEqual(given, expected);
}
