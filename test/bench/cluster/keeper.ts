import { openJournal } from '../../../src/stores/journal/postgres/open-journal.ts';
import { aNewEvent } from '../postgres/new-event.ts';

// A node without HTTP: it only commits deliveries to the journal, as many as it can.
const [url = '', atOnce = '', seconds = ''] = process.argv.slice(2);
const journal = await openJournal({ url });

process.on('message', async () => process.send?.(await keep(Number(seconds) * 1_000)));
process.send?.('ready');

/** How many are kept in so many milliseconds. */
async function keep(milliseconds: number): Promise<number> {
  const until = performance.now() + milliseconds;
  let kept = 0;
  const keepOn = async () => {
    while (performance.now() < until) {
      await journal.events.keep(aNewEvent());
      kept++;
    }
  };
  await Promise.all(Array.from({ length: Number(atOnce) }, keepOn));
  return kept;
}
