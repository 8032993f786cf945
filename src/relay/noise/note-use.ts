import type { Invocation } from '../../core/command/command.ts';
import { type Caller, personOf } from '../../core/command/permission.ts';
import type { Journal } from '../../core/event/journal.ts';

/** Whoever asks for these does not care for the event, or says so in another way. */
const CARELESS = new Set(['fewer', 'mute', 'why', 'vote']);

/** Notes that somebody used a button of an event's message, or asked for the event. */
export async function noteUse(
  invocation: Invocation,
  caller: Caller,
  { journal, now }: { readonly journal: Pick<Journal, 'responses'>; readonly now: Date },
): Promise<void> {
  if (!('command' in invocation)) return;
  const { command, options } = invocation;
  const eventId = Object.hasOwn(options, 'event') ? (options.event ?? '') : '';
  // The menu is on the way to anything; to see all of the message is a use.
  const isMenu = command === 'menu' && !options.full;
  if (!/^\d+$/.test(eventId) || CARELESS.has(command) || isMenu) return;
  await journal.responses.add({ eventId, by: personOf(caller), kind: 'use' }, now);
}
