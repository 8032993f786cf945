import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Reply } from '../../src/core/command/command.ts';
import { aCommandWorld, ann, bob, click, dataOf } from '../doubles/command-world.ts';

const MANY = 65;

/** Ann's endpoints, each with a mute and a failed message. */
async function aLargeWorld() {
  const world = await aCommandWorld();
  const first = await world.anEndpoint('new github in #ops as api-01');
  const names = Array.from({ length: MANY }, (_, index) => `api-${String(index + 1).padStart(2, '0')}`);
  const endpoints = names.map((name, index) =>
    index ? { ...first, id: `e${index}`, name, token: `token-${index}`, secrets: [] } : first,
  );
  const until = '2026-01-06T12:00:00.000Z';
  const mutes = endpoints.map(({ id }, index) => ({
    id: `m${index}`,
    endpointId: id,
    match: { type: 'push' },
    until,
    by: 'Ann',
    createdAt: until,
  }));
  await world.settings.update((now) => ({ ...now, endpoints, mutes }));
  for (const endpoint of endpoints.slice(0, 25)) {
    const { posts } = await world.anEvent(endpoint, { title: `event of ${endpoint.name}` });
    for (const { id } of posts) await world.journal.posts.settle(id, { state: 'failed', attempts: 1, error: 'gone' });
  }
  return { ...world, names };
}

/** Turns the pages of a list until there is no next. */
async function everyPage(world: Awaited<ReturnType<typeof aLargeWorld>>, first: Reply, label: string) {
  const pages = [first];
  for (let last = first; last.message.actions.some((action) => action.label === label); pages.push(last))
    last = await click(world, last, label);
  return pages;
}

describe('a long list', () => {
  const lists = {
    list: ['Next', MANY],
    mutes: ['Next', MANY],
    history: ['Older', 25],
    failed: ['Older', 25],
    template: ['Next', MANY],
  } as const;
  for (const [line, [label, count]] of Object.entries(lists))
    it(`is shown to its end, page by page: ${line}`, async () => {
      const world = await aLargeWorld();
      const pages = await everyPage(world, await world.say(line), label);
      const shown = pages.flatMap(({ message }) =>
        Array.from(message.body.replaceAll('\\', '').matchAll(/api-\d\d/g), ([name]) => name),
      );
      assert.ok(pages.length > 1);
      assert.deepEqual([...new Set(shown)].toSorted(), world.names.slice(0, count));
    });

  it('is in the order in which people count', async () => {
    const { say, anEndpoint } = await aCommandWorld();
    for (const name of ['team-10', 'team-2', 'team-1']) await anEndpoint(`new github in #ops as ${name}`);
    for (const line of ['list', 'template']) {
      const { message } = await say(line);
      assert.deepEqual(message.body.replaceAll('\\', '').match(/team-\d+/g), ['team-1', 'team-2', 'team-10'], line);
    }
  });

  it('is turned for those who see only a part of it, too', async () => {
    const world = await aLargeWorld();
    await world.settings.update((now) => ({
      ...now,
      endpoints: now.endpoints.map((endpoint, index) =>
        index % 2 ? endpoint : { ...endpoint, owners: [], routes: [] },
      ),
    }));
    const pages = [await world.say('history', bob)];
    for (const { message } of pages) {
      const older = message.actions.find(({ label }) => label === 'Older');
      if (older) pages.push(await click(world, { message, visibleTo: 'caller' }, 'Older', bob));
    }
    const events = pages.flatMap((page) => dataOf<{ events: readonly { id: string }[] }>(page).events);
    assert.deepEqual(
      events.map(({ id }) => Number(id)),
      Array.from({ length: 12 }, (_, index) => 24 - 2 * index),
    );
  });

  it('says which pages there are', async () => {
    const world = await aLargeWorld();
    const { message } = await world.say('list page=2');
    assert.deepEqual(
      [message.footer, message.actions.map(({ label }) => label)],
      ['Page 2 of 3', ['Previous', 'Next', 'New endpoint']],
    );
    assert.deepEqual((await world.say('list page=4')).data, { code: 'bad_option', field: 'page' });
    assert.equal(dataOf<{ next: number }>(await world.say('list')).next, 2);
  });

  it('of mutes on one endpoint is cut where it stands beside other things', async () => {
    const world = await aLargeWorld();
    await world.settings.update((now) => ({
      ...now,
      mutes: now.mutes.map((mute, index) => ({
        ...mute,
        endpointId: now.endpoints[0]?.id ?? '',
        match: { type: `t${index}` },
      })),
    }));
    const question = await world.say('unmute api-01', ann);
    assert.match(question.message.body, /has 65 mutes[\s\S]*and 60 more, which `\/webhook mutes api-01` lists/);
    assert.match((await world.say('unmute api-01 nope')).message.body, /and 60 more/);
    const { fields } = (await world.say('show api-01')).message;
    assert.match(fields.find(({ name }) => name === 'Mutes')?.value ?? '', /60 more: `\/webhook mutes api-01`/);
  });
});
