import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../../core/clock.ts';
import type { HookEvent } from '../../core/event/event.ts';
import type { Journal } from '../../core/event/journal.ts';
import type { Shown } from '../../core/event/relay.ts';
import type { SearchedBody } from '../../core/event/searching/body-index.ts';
import type { Log } from '../../core/log.ts';
import { payloadWords } from '../../reading/payload/payload-words.ts';

/** Has bodies be found, a few at a time. */
export interface BodyIndexer {
  /** Goes on for a moment: with what came since, then with what was kept earlier, as long as there is room. */
  goOn(limits: { readonly maxBytes: number }): Promise<void>;
}

export interface BodyIndexerParts {
  readonly journal: Pick<Journal, 'bodies'>;
  readonly clock: Pick<Clock, 'sleep'>;
  readonly log: Log;
  /** An event's payload as whoever may see it reads it: a secret that is masked there must not be found here. */
  readonly show: (event: HookEvent) => Shown;
  /** Whether deliveries arrive in numbers: they come first. */
  readonly rush: () => boolean;
}

/** Characters of a body that are searched. */
const LOOKED_AT = 65_536;
/** Larger bodies are not searched: to read one takes long. */
const LARGEST = 512 * 1024;
/** Bodies in one commit: few, for a delivery that arrives meanwhile waits for it. */
const BATCH = { limit: 8, maxBytes: 1024 * 1024 } as const;
/** How long it goes on at once, in milliseconds. */
const SPELL = 1_000;
/** Entries that are forgotten in one commit. */
const FORGOTTEN = 50;
/** Parts of the room: what is left when the oldest were forgotten, and up to where it is filled with older events. */
const DOWN_TO = 0.95;
const BACK_TO = 0.9;

export function createBodyIndexer({ journal: { bodies }, clock, log, show, rush }: BodyIndexerParts): BodyIndexer {
  /** How many bytes of words are searched; not known before they were counted. */
  let size: number | undefined;
  let isFull = false;

  async function goOn({ maxBytes }: { readonly maxBytes: number }): Promise<void> {
    const until = performance.now() + SPELL;
    while (!rush() && performance.now() < until) {
      const before = performance.now();
      if (!(await step(maxBytes))) return;
      // As much time is left to others as this took, within bounds: whoever stops waits for it.
      await clock.sleep(Math.min(performance.now() - before, SPELL));
    }
  }

  /** Whether there was something to do. */
  async function step(maxBytes: number): Promise<boolean> {
    // Some may have gone with their events since they were counted.
    if (size === undefined || size > maxBytes) size = await bodies.size();
    isFull ||= size > maxBytes;
    if (isFull) return makeRoom(size, maxBytes);
    const events = maxBytes > 0 ? await bodies.next({ ...BATCH, older: size < maxBytes * BACK_TO }) : [];
    if (events.length === 0) return false;
    const found: SearchedBody[] = [];
    for (const event of events) {
      await nextTurn();
      found.push({ eventId: event.id, endpointId: event.endpointId, words: wordsOf(event) });
    }
    await bodies.add(found);
    for (const { words } of found) for (const word of words) size += word.length + 1;
    return true;
  }

  async function makeRoom(taken: number, maxBytes: number): Promise<boolean> {
    const { events, bytes } = await bodies.forgetOldest(FORGOTTEN);
    size = taken - bytes;
    isFull = events > 0 && size > maxBytes * DOWN_TO;
    return events > 0;
  }

  function wordsOf(event: HookEvent): readonly string[] {
    if (event.body.length > LARGEST) return [];
    try {
      return payloadWords(show(event).payload, LOOKED_AT);
    } catch (error) {
      log.error({ err: error, eventId: event.id }, 'a body could not be read, so its words do not find its event');
      return [];
    }
  }

  return { goOn };
}
