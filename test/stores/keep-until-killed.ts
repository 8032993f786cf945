import { openJournal } from '../../src/stores/journal/sqlite/open-journal.ts';
import { aDecided, anEvent } from '../contracts/journal.ts';

// Keeps events until it is killed, and says each id once its promise is given.
const journal = await openJournal({ path: process.argv[2] as string });
const keepOn = async () => {
  for (;;) {
    const event = await journal.events.keep(
      anEvent({ deliveryId: crypto.randomUUID(), body: Buffer.alloc(8192, 'x') }),
    );
    process.stdout.write(`kept ${event?.id}\n`);
    const [post] = await journal.posts.decide([aDecided(event?.id as string)]);
    process.stdout.write(`owed ${post?.id}\n`);
  }
};
await Promise.all(Array.from({ length: 10 }, keepOn));
