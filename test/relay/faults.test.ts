import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import type { Platform } from '../../src/core/platform/platform.ts';
import { createRelay } from '../../src/relay/create-relay.ts';
import { aChat, faults } from '../doubles/chat.ts';
import { hastily } from '../doubles/clocks/hasty-clock.ts';
import { openHere } from '../doubles/journal-worker.ts';
import { aDelivery, aRelayParts, endpoint } from '../doubles/relay-parts.ts';

type Chat = ReturnType<typeof aChat>;

/** What goes wrong while three events are posted. */
const scenarios: Readonly<Record<string, (chat: Chat) => void>> = {
  'a message that is taken before the connection breaks': (chat) => chat.fail(faults.silence(), { afterPosting: true }),
  'a message that never arrives': (chat) => chat.fail(faults.silence()),
  'an answer that makes no sense, and look-ups that are refused twice': (chat) => {
    chat.fail(faults.nonsense(), { afterPosting: true });
    chat.refuseLookUps(faults.forbidden(), 2);
  },
  'look-ups that are limited, then lost, then answered with nonsense': (chat) => {
    chat.fail(faults.silence(), { afterPosting: true });
    for (const error of [faults.limited(), faults.silence(), faults.nonsense()]) chat.refuseLookUps(error);
  },
  'a storm of limits': (chat) => {
    for (let count = 0; count < 12; count++) chat.fail(faults.limited());
  },
  'a chat that is away, takes one message meanwhile, and is away again': (chat) => {
    for (let count = 0; count < 3; count++) chat.fail(faults.away());
    chat.fail(faults.away(), { afterPosting: true });
    for (let count = 0; count < 4; count++) chat.refuseLookUps(faults.away());
  },
  'a fault that nobody foresaw': (chat) => {
    chat.fail(faults.broken(), { afterPosting: true });
    chat.refuseLookUps(faults.broken());
  },
};

describe('every event is posted once and in order', () => {
  for (const [what, goWrong] of Object.entries(scenarios)) {
    it(`after ${what}`, async () => {
      const { chat, live } = await aSeries();
      goWrong(chat);
      await live({ deliver: [1, 2, 3] });
      assertPosted(chat, [1, 2, 3]);
    });

    it(`after ${what}, and a kill in between`, async () => {
      const { chat, live } = await aSeries();
      goWrong(chat);
      await live({ deliver: [1, 2, 3], killedAt: 2 });
      await live({ deliver: [4], killedAt: 1 });
      await live({ deliver: [5] });
      assertPosted(chat, [1, 2, 3, 4, 5]);
    });
  }

  it('whatever goes wrong at whichever of its calls a process is killed', async () => {
    const { chat, live } = await aSeries();
    let next = 0;
    for (const goWrong of Object.values(scenarios))
      for (let killedAt = 1; killedAt < 6; killedAt++) {
        chat.recover();
        goWrong(chat);
        await live({ deliver: [++next, ++next], killedAt });
      }
    chat.recover();
    await live({ deliver: [] });
    assertPosted(
      chat,
      Array.from({ length: next }, (_, index) => index + 1),
    );
  });
});

function assertPosted(chat: Chat, numbers: readonly number[]): void {
  assert.deepEqual(
    chat.titles('ops'),
    numbers.map((number) => `octocat pushed to main: change ${number}`),
  );
}

/** One process after the other with the same journal and the same chat. */
async function aSeries() {
  const chat = aChat();
  const journal = await openHere();
  after(() => journal.close());

  /** A process that is killed at a call to the chat, whose answer it does not live to read; or ends when all is done. */
  async function live({ deliver, killedAt }: { readonly deliver: readonly number[]; readonly killedAt?: number }) {
    const killed = Promise.withResolvers<void>();
    let calls = 0;
    const mortal =
      <Args extends unknown[], Result>(work: (...args: Args) => Promise<Result>) =>
      async (...args: Args): Promise<Result> => {
        if (++calls < (killedAt ?? Number.POSITIVE_INFINITY)) return work(...args);
        if (calls === killedAt) await work(...args).catch(() => undefined);
        killed.resolve();
        return new Promise(() => undefined);
      };
    const platform: Platform = { ...chat.platform, post: mortal(chat.platform.post), find: mortal(chat.platform.find) };
    const { parts } = await aRelayParts({ chat, journal });
    const relay = createRelay({ ...parts, clock: hastily, platforms: new Map([['chat', platform]]) });
    await relay.start();
    for (const number of deliver)
      await relay.receiver.receive(endpoint.token, aDelivery({ message: `change ${number}` }));
    await relay.decider.idle();
    await Promise.race([relay.lanes.idle(), killed.promise]);
  }

  return { chat, live };
}
