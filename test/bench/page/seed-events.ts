import { join } from 'node:path';
import { searchWords } from '../../../src/core/text/search-words.ts';
import { openJournal } from '../../../src/stores/journal/sqlite/open-journal.ts';
import { aPullRequest } from '../pull-request.ts';

export interface Seeded {
  readonly folder: string;
  /** Ids of endpoints of GitHub, among which the events are shared out. */
  readonly endpointIds: readonly string[];
  readonly events: number;
  /** How many of the newest can be searched already. */
  readonly searched: number;
}

/** Events that are written at once. */
const AT_ONCE = 500;
const WORDS = 20_000;
const SPAN = 7 * 86_400_000;
const TEMPLATE = JSON.stringify(aPullRequest());

/** Fills a journal with pull requests, the same ones each time but for their moments: each with an order number and forty words of its own in its body. */
export async function seedEvents({ folder, endpointIds, events, searched }: Seeded): Promise<void> {
  const journal = await openJournal({ path: join(folder, 'journal.db') });
  const random = createRandom(1);
  const begun = Date.now() - SPAN;
  for (let from = 0; from < events; from += AT_ONCE) {
    const texts = Array.from({ length: Math.min(AT_ONCE, events - from) }, (_, index) => aBody(from + index, random));
    const kept = await Promise.all(
      texts.map((text, index) =>
        journal.events.keep({
          endpointId: endpointIds[(from + index) % endpointIds.length] ?? '',
          provider: 'github',
          type: 'pull_request',
          deliveryId: `seed-${from + index}`,
          repeatWindow: 0,
          verification: { covers: [] },
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-github-event': 'pull_request' },
          query: {},
          body: Buffer.from(text),
          receivedAt: new Date(begun + ((from + index) * SPAN) / events),
          remoteAddress: '192.0.2.1',
        }),
      ),
    );
    await journal.posts.decide(
      kept.flatMap((event, index) =>
        event
          ? [
              {
                eventId: event.id,
                about: { title: `octocat opened #${from + index} Order ${from + index}`, source: `acme/${index % 40}` },
                decision: { decidedAt: event.receivedAt.toISOString(), steps: [], routes: [] },
                posts: [],
                ...((from + index) % 1_000 === 0 && { setAside: true as const }),
              },
            ]
          : [],
      ),
    );
    if (from >= events - searched)
      await journal.bodies.add(
        kept.flatMap((event, index) =>
          event
            ? [
                {
                  eventId: event.id,
                  endpointId: event.endpointId,
                  words: [...new Set(searchWords(texts[index] ?? ''))],
                },
              ]
            : [],
        ),
      );
  }
  await journal.close();
}

/** A word that bodies of the seed have, the commoner the lower its number. */
export function seedWord(number: number): string {
  return `word${number.toString(36)}`;
}

function aBody(number: number, random: () => number): string {
  const words = Array.from({ length: 40 }, () => seedWord(Math.floor(random() ** 3 * WORDS)));
  return `{"order":"order${number}","note":"${words.join(' ')}",${TEMPLATE.slice(1)}`;
}

/** The same numbers from 0 to 1 each time (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
