import { createHash } from 'node:crypto';
import type { DiscordMessage } from '../message/payload.ts';

const NONCE_LENGTH = 25;

/**
 * The number that marks a message of ours for as long as it stands. Discord forgets the nonce within minutes but keeps the
 * number of a row; this is above all those it gives by itself.
 */
export function toMark(nonce: string): number {
  return (createHash('sha256').update(nonce).digest().readUInt32BE() & 0x3fffffff) | 0x40000000;
}

/** The same for a message that another goes on with: alone it is not all of the post. */
export function toHalfMark(nonce: string): number {
  return toMark(`${nonce} 1/2`);
}

/** What makes Discord post it once, however often it is sent within some minutes. */
export function toStamp(nonce: string) {
  return { nonce: toNonce(nonce), enforce_nonce: true };
}

/** At most what Discord takes. */
function toNonce(nonce: string): string {
  return nonce.length <= NONCE_LENGTH
    ? nonce
    : createHash('sha256').update(nonce).digest('base64url').slice(0, NONCE_LENGTH);
}

/** A message with the number that it is found by, where it has buttons to carry it. */
export function marked<Message extends DiscordMessage>(payload: Message, mark: number): Message {
  const [first, ...rest] = payload.components;
  return first ? { ...payload, components: [{ ...first, id: mark }, ...rest] } : payload;
}
