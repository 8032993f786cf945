import type { Channel } from './use-channels.ts';

/** Channels whose name holds what is typed: those that begin with it first, of these the unread first, then in natural order. */
export function findChannels(channels: readonly Channel[], typed: string): readonly Channel[] {
  const word = typed.trim().replace(/^#\s*/, '').toLowerCase();
  const rank = ({ name, unread }: Channel) => (name.startsWith(word) ? 0 : 2) + (unread > 0 ? 0 : 1);
  // The sort is stable, and they come in natural order.
  return channels.filter(({ name }) => name.includes(word)).toSorted((a, b) => rank(a) - rank(b));
}
