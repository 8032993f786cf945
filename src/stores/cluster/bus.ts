import { randomUUID } from 'node:crypto';
import type { Bus } from '../../core/cluster.ts';
import type { Log } from '../../core/log.ts';
import type { Queries } from '../shared/postgres/connect.ts';
import type { Listener } from '../shared/postgres/listener.ts';

const CHANNEL = 'bellhop_bus';
/** PostgreSQL takes less than 8000 bytes in one notification. */
const LIMIT = 7_900;
/** Words that are sent in one statement, for notifications of all transactions go one after another. */
const AT_ONCE = 200;

interface Word {
  readonly from: string;
  readonly topic: string;
  readonly word: unknown;
}

/** A bus by `NOTIFY`. A word that is too long for it, or that the database does not take, is lost, and the log says so. */
export function createBus({
  database,
  listener,
  log,
}: {
  readonly database: Queries;
  readonly listener: Listener;
  readonly log: Log;
}): Bus & { idle(): Promise<void> } {
  const self = randomUUID();
  const listeners = new Map<string, ((word: unknown) => void)[]>();
  const waiting: string[] = [];
  let sending: Promise<void> | undefined;

  listener.on(CHANNEL, (text) => {
    const { from, topic, word } = JSON.parse(text) as Word;
    if (from === self) return;
    for (const hear of listeners.get(topic) ?? []) hear(word);
  });

  async function flush(): Promise<void> {
    while (waiting.length > 0) {
      const texts = waiting.splice(0, AT_ONCE);
      await database
        .query('select pg_notify($1, word) from unnest($2::text[]) as word', [CHANNEL, texts])
        .catch((error: unknown) => log.warn({ err: error }, 'the other nodes could not be notified'));
    }
    sending = undefined;
  }

  return {
    send(topic, word) {
      const text = JSON.stringify({ from: self, topic, word } satisfies Word);
      if (Buffer.byteLength(text) > LIMIT) {
        log.debug({ topic }, 'a word is too long for the other nodes');
        return;
      }
      waiting.push(text);
      sending ??= flush();
    },
    on(topic, hear) {
      listeners.set(topic, [...(listeners.get(topic) ?? []), hear]);
    },
    async idle() {
      await sending;
    },
  };
}
