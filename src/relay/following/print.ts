import { createHash } from 'node:crypto';
import type { About } from '../../core/event/about.ts';
import { type Message, SENTINEL } from '../../core/message/message.ts';

const MOMENTS = new RegExp(`${SENTINEL.open}t[^${SENTINEL.close}]*${SENTINEL.close}`, 'g');
const LENGTH = 22;

/** What two messages have in common that say the same: everything but the time, whom they ping, and the buttons. */
export function toPrint({ severity, mark, title, body, fields, mentions }: Message): string {
  const named = mentions.map(({ name }) => name);
  return digest(JSON.stringify([severity, mark, title, body, fields, named]).replace(MOMENTS, ''));
}

/** The same for two events whose messages are not made. */
export function toGist({ title, state, severity, url }: Partial<About>): string {
  return digest(JSON.stringify([title, state, severity, url]));
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, LENGTH);
}
