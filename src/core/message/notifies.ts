import type { Message } from './message.ts';

/** Whether a message's first line must reach a phone: it is grave, it pings somebody, or the route asks for it. */
export function notifies({ title, mark, mentions, notify = 'important' }: Message): boolean {
  if (!title || notify === 'never') return false;
  return notify === 'always' || mark === 'failed' || mark === 'warning' || mentions.length > 0;
}
