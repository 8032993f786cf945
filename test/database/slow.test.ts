import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openJournal } from '../../src/stores/journal/postgres/open-journal.ts';
import { anEvent } from '../contracts/journal.ts';
import { aDetour } from '../doubles/postgres/detour.ts';
import { aDatabase, aPostgres } from '../doubles/postgres.ts';
import { until } from '../until.ts';
import { aPush, aWorld, type Endpoint, type World } from '../world.ts';

/** Milliseconds by which each answer is late. */
const LATE = 500;

describe('a database that answers half a second late', () => {
  it('keeps what arrives together in one commit, also after it was slow for some', async () => {
    const url = await aDatabase();
    const way = await aDetour(url);
    const journal = await openJournal({ url: way.url });
    way.slowBy(LATE);
    for (let round = 0; round < 3; round++) await journal.events.keep(anEvent());
    const before = await newestTransaction(url);
    const kept = await Promise.all(Array.from({ length: 200 }, () => journal.events.keep(anEvent())));
    assert.equal(kept.filter(Boolean).length, 200);
    assert.ok((await newestTransaction(url)) - before < 20);
    await journal.close();
    await way.close();
  });
});

describe('a node to which the database answers half a second late', () => {
  it('takes a delivery to an endpoint that another node has just made, before it hears of it', async () => {
    await using nodes = await aFastAndASlowNode();
    const { fast, slow } = nodes;
    const endpoint = await fast.endpoint('github');
    assert.equal((await slow.deliver(at(slow, endpoint), aPush())).status, 202);
  });

  it('finds an endpoint that is new among many addresses that nobody knows', async () => {
    await using nodes = await aFastAndASlowNode();
    const { fast, slow } = nodes;
    const unknown = at(slow, await fast.endpoint('github'));
    const guess = () => fetch(unknown.url.replace(/[^/]+$/, crypto.randomUUID()), { method: 'POST' });
    const answers = await Promise.all([...Array.from({ length: 300 }, guess), slow.deliver(unknown, aPush())]);
    const statuses = answers.map(({ status }) => status);
    assert.deepEqual([new Set(statuses.slice(0, -1)), statuses.at(-1)], [new Set([404]), 202]);
  });

  it('loses and doubles nothing, and answers commands', async () => {
    await using nodes = await aFastAndASlowNode();
    const { fast, slow } = nodes;
    const endpoint = await slow.endpoint('github');
    const messages = Array.from({ length: 12 }, (_, index) => `Oil hinge ${index}`);
    const answers = await Promise.all(messages.map((message) => slow.deliver(endpoint, aPush({ message }))));
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([202]));
    assert.match((await slow.type(`/webhook mute ${endpoint.name} for 1h confirm=yes`)).text, /muted/);
    const posted = await until(async () => {
      const texts = (await fast.messages()).flatMap(({ text }) => /Oil hinge \d+/.exec(text) ?? []);
      return texts.length < messages.length ? undefined : texts;
    });
    assert.deepEqual(posted.toSorted(), messages.toSorted());
  });
});

/** Two nodes on one database, the second of which gets its answers late. */
async function aFastAndASlowNode() {
  const database = await aDatabase();
  const way = await aDetour(database);
  const fast = await aWorld({ database });
  const slow = await aWorld({ database: way.url });
  way.slowBy(LATE);
  return {
    fast,
    slow,
    async [Symbol.asyncDispose]() {
      way.slowBy(0);
      await slow[Symbol.asyncDispose]();
      await fast[Symbol.asyncDispose]();
      await way.close();
    },
  };
}

/** The same endpoint as a load balancer reaches it on another node. */
function at({ publicUrl }: World, endpoint: Endpoint): Endpoint {
  return { ...endpoint, url: new URL(new URL(endpoint.url).pathname, publicUrl).href };
}

async function newestTransaction(url: string): Promise<number> {
  const [row] = await (await aPostgres()).run(
    'select pg_current_xact_id()::text as id',
    new URL(url).pathname.slice(1),
  );
  return Number(row?.id);
}
