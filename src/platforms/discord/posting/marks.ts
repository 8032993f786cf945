import { createHash } from 'node:crypto';
import { cutText } from '../../../core/text/cut-text.ts';
import { DESCRIPTION_LENGTH, type DiscordMessage } from '../message/payload.ts';

const NONCE_LENGTH = 25;

/**
 * The number that marks a message of ours for as long as it stands. Discord forgets the nonce within minutes but keeps the
 * number of a row, and what a message says; as a row's number this is above all those it gives by itself.
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

/** A message as Discord keeps it, as far as it may carry a mark. */
export interface MarkedMessage {
  readonly content?: string;
  readonly embeds?: readonly { readonly description?: string; readonly footer?: { readonly text: string } }[];
  readonly components?: readonly { readonly id?: number }[];
}

/** Characters that take no room and that nobody trims, each a digit of a mark. */
const UNSEEN = ['\u200B', '\u200C', '\u200D', '\u2060'];
const DIGITS = 16;
const HIDDEN = new RegExp(`[${UNSEEN.join('')}]{${DIGITS}}$`);

/** A message with the number that it is found by: on its first row, or unseen at the end of its first line or its foot. */
export function marked<Message extends DiscordMessage>(payload: Message, mark: number): Message {
  const { content, embeds } = payload;
  if (payload.components.length > 0) return markedRow(payload, mark);
  if (content) return { ...payload, content: content + toHidden(mark) };
  const last = embeds.at(-1);
  if (!last) return payload;
  const hidden = last.footer
    ? { ...last, footer: { text: last.footer.text + toHidden(mark) } }
    : { ...last, description: cutEnd(last.description ?? '') + toHidden(mark) };
  return { ...payload, embeds: embeds.with(-1, hidden) };
}

/** A message with a number on its first row of buttons, where it has one. */
export function markedRow<Message extends DiscordMessage>(payload: Message, mark: number): Message {
  const [first, ...rest] = payload.components;
  return first ? { ...payload, components: [{ ...first, id: mark }, ...rest] } : payload;
}

/** The number that a message was marked by; nothing for one that never was. */
export function markOf({ content, embeds, components }: MarkedMessage): number | undefined {
  const [row] = components ?? [];
  if (row) return row.id;
  const last = embeds?.at(-1);
  const digits = HIDDEN.exec(content || (last?.footer?.text ?? last?.description ?? ''))?.[0];
  return digits === undefined
    ? undefined
    : [...digits].reduce((mark, digit) => mark * UNSEEN.length + UNSEEN.indexOf(digit), 0);
}

function toHidden(mark: number): string {
  const digits = mark.toString(UNSEEN.length).padStart(DIGITS, '0');
  return [...digits].map((digit) => UNSEEN[Number(digit)]).join('');
}

/** The mark must have room behind a text as long as Discord takes. */
function cutEnd(description: string): string {
  return cutText(description, DESCRIPTION_LENGTH - DIGITS);
}
