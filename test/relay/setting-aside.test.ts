import assert from 'node:assert/strict';
import { after, describe, it, type TestContext } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Journal } from '../../src/core/event/journal.ts';
import type { Decided } from '../../src/core/event/post.ts';
import { createRelay } from '../../src/relay/create-relay.ts';
import { openHere } from '../doubles/journal-worker.ts';
import { aDelivery, aRelayParts, endpoint, oddEndpoint, withOdd } from '../doubles/relay-parts.ts';

describe('an event that cannot be decided', () => {
  it('is set aside with its reason, and holds up no other', async (t) => {
    const { relay, chat, deliver, events } = await aRelay(t, { providers: withOdd({ fails: true }) });
    await deliver('one', 'poison', 'two', 'poison', 'three');
    assert.deepEqual(chat.titles('ops').filter(isPush), pushed('one', 'two', 'three'));
    assert.deepEqual(
      (await events()).map(({ state }) => state),
      ['posted', 'failed', 'posted', 'failed', 'posted'],
    );
    const [aside] = await events('failed');
    const stored = await relay.parts.journal.events.get(aside?.id ?? '');
    assert.match(
      stored?.decision?.steps[0]?.text ?? '',
      /^could not be decided: Bellhop could not read it because of a bug/,
    );
    assert.equal(stored?.about?.title, 'odd: push');
  });

  it('is spoken of once in its endpoint’s channels', async (t) => {
    const { chat, deliver } = await aRelay(t, { providers: withOdd({ fails: true }) });
    await deliver('poison', 'poison', 'poison');
    assert.deepEqual(chat.titles('ops'), ['An event was set aside']);
  });

  it('is found by the way it is spread through a batch, where the journal refuses it', async (t) => {
    const journal = await aJournal();
    const owesOdd = ({ posts }: Decided) => posts.some(({ endpointId }) => endpointId === oddEndpoint.id);
    const { chat, deliver, events } = await aRelay(t, { journal: refusing(journal, owesOdd) });
    await deliver('one', 'two', 'poison', 'three', 'poison', 'four', 'five', 'six', 'seven');
    assert.deepEqual(chat.titles('ops').filter(isPush), pushed('one', 'two', 'three', 'four', 'five', 'six', 'seven'));
    assert.equal((await events('failed')).length, 2);
  });

  it('is left out until the next start where the journal takes nothing about it at all', async (t) => {
    const journal = await aJournal();
    const { chat, deliver, events } = await aRelay(t, { journal: refusing(journal, ({ eventId }) => eventId === '1') });
    await deliver('one', 'two', 'three');
    assert.deepEqual(chat.titles('ops'), pushed('two', 'three'));
    assert.deepEqual(
      (await events('received')).map(({ id }) => id),
      ['1'],
    );
    const next = await aRelay(t, { journal });
    await next.deliver('four');
    assert.deepEqual(next.chat.titles('ops'), pushed('one', 'four'));
  });

  it('is still set aside after a restart, and is posted when somebody replays it', async (t) => {
    const journal = await aJournal();
    const { deliver } = await aRelay(t, { journal, providers: withOdd({ fails: true }) });
    await deliver('poison');
    const { relay, chat, events, settled } = await aRelay(t, { journal });
    await settled();
    const event = await journal.events.get('1');
    assert.ok(event);
    assert.equal(event.state, 'failed');
    await relay.replay(event);
    await settled();
    assert.deepEqual([chat.posted.length, chat.posted[0]?.nonce], [1, 'bellhop-2']);
    assert.deepEqual(
      (await events()).map(({ state }) => state),
      ['posted'],
    );
  });

  it('fails alone when it is replayed and still cannot be read', async (t) => {
    const { relay, chat, deliver, settled } = await aRelay(t, { providers: withOdd({ fails: true }) });
    await deliver('poison');
    const event = await relay.parts.journal.events.get('1');
    assert.ok(event);
    await relay.replay(event);
    await deliver('one');
    await settled();
    assert.deepEqual(chat.titles('ops').filter(isPush), pushed('one'));
    const [post] = await relay.parts.journal.posts.list({ eventId: '1', limit: 1 });
    assert.match(post?.error ?? '', /^No message could be made of event `1`/);
  });

  it('is not to blame when the journal takes nothing: all of them are decided once it does', async (t) => {
    const journal = await aJournal();
    const refused = Promise.withResolvers<void>();
    let full = true;
    const ping = async () => {
      if (full) refused.resolve();
      if (full) throw new Error('the disk is full');
      await journal.ping();
    };
    const decide: typeof journal.posts.decide = async (decided) => {
      if (full) throw new Error('the disk is full');
      return journal.posts.decide(decided);
    };
    const { chat, deliver } = await aRelay(t, { journal: { ...journal, ping, posts: { ...journal.posts, decide } } });
    const delivered = deliver('one', 'two');
    await refused.promise;
    full = false;
    await delivered;
    assert.deepEqual(chat.titles('ops'), pushed('one', 'two'));
  });
});

const journals: Journal[] = [];
after(() => Promise.all(journals.map((journal) => journal.close())));

/** A journal that outlives the relays of its test. */
async function aJournal(): Promise<Journal> {
  const journal = await openHere();
  journals.push(journal);
  return journal;
}

/** A journal that refuses some decisions. */
function refusing(journal: Journal, refuses: (decided: Decided) => boolean): Journal {
  return {
    ...journal,
    posts: {
      ...journal.posts,
      async decide(decided) {
        if (decided.some(refuses)) throw new Error('constraint failed');
        return journal.posts.decide(decided);
      },
    },
  };
}

async function aRelay(t: TestContext, options: Parameters<typeof aRelayParts>[0]) {
  const { parts, chat } = await aRelayParts(options);
  const relay = createRelay(parts);
  await relay.start();
  t.after(() => relay.stop());
  async function settled(): Promise<void> {
    await relay.decider.idle();
    // The journal takes one write after another, so a notice that was owed meanwhile is on disk after this, and in its lane a turn later.
    await parts.journal.ping();
    await nextTurn();
    await relay.lanes.idle();
  }
  return {
    relay: { ...relay, parts },
    chat,
    settled,
    events: (state?: 'failed' | 'received') => parts.journal.events.list({ limit: 50, ...(state && { state }) }),
    /** Delivers pushes with these commit messages, all at once. */
    async deliver(...messages: readonly string[]): Promise<void> {
      for (const message of messages)
        await relay.receiver.receive(message === 'poison' ? oddEndpoint.token : endpoint.token, aDelivery({ message }));
      await settled();
    },
  };
}

function isPush(title: string): boolean {
  return title.startsWith('octocat pushed');
}

function pushed(...messages: readonly string[]): readonly string[] {
  return messages.map((message) => `octocat pushed to main: ${message}`);
}
