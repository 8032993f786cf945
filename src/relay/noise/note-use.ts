import type { Invocation } from '../../core/command/command.ts';
import { type Caller, personOf } from '../../core/command/permission.ts';
import type { ResponseStore } from '../../core/event/noted/response.ts';

/** Whoever asks for these does not care for the event, or says so in another way. */
const CARELESS = new Set(['fewer', 'mute', 'why', 'vote']);

/** Notes that somebody used a button of an event's message, or asked for the event. */
export async function noteUse(
  invocation: Invocation,
  caller: Caller,
  { responses, now }: { readonly responses: ResponseStore; readonly now: Date },
): Promise<void> {
  if (!('command' in invocation)) return;
  const { command, options } = invocation;
  const eventId = Object.hasOwn(options, 'event') ? (options.event ?? '') : '';
  // The menu is on the way to anything; to see all of the message is a use.
  const isMenu = command === 'menu' && !options.full;
  if (!/^\d+$/.test(eventId) || CARELESS.has(command) || isMenu) return;
  await responses.add({ eventId, by: personOf(caller), kind: 'use' }, now);
}
