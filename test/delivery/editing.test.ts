import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aPush, aWorld, type World } from '../world.ts';

interface Sent {
  readonly events?: readonly string[];
  readonly code?: string;
  readonly message?: string;
}

const send = ({ call }: World, id: string, body: object) =>
  call<Sent>(`/api/v1/events/${id}/edited`, { method: 'POST', body: { user: 'mona (page)', ...body } });

const detailOf = async ({ call }: World, id: string) =>
  (await call<{ event: Record<string, never> & { body: { text: string }; about: object } }>(`/api/v1/events/${id}`))
    .json.event;

/** A world with one push, and its body as the page shows it. */
async function aWorldWithAPush(words = 'in #ops') {
  const world = await aWorld();
  const endpoint = await world.endpoint('github', words);
  await world.deliver(endpoint, aPush({ message: 'Oil the hinges' }));
  await world.settled();
  const { text } = (await detailOf(world, '1')).body;
  return { world, endpoint, text };
}

describe('an edited event', () => {
  it('is a new one, decided and posted without a signature, and says who made it of what', async () => {
    const { world, text } = await aWorldWithAPush();
    await using _ = world;
    const { status, json } = await send(world, '1', { text: text.replace('Oil the hinges', 'Paint the frame') });
    assert.deepEqual([status, json], [202, { events: ['2'] }]);
    await world.settled();
    const shown = (await world.messages()).at(-1);
    assert.match(shown?.text ?? '', /Paint the frame/);
    assert.match(JSON.stringify(shown?.drawings), /edited from #1 by mona \(page\)/);
    assert.match((await world.type('/webhook history')).text, /Paint the frame.*edited from #1 by mona/);
    assert.match((await world.type('/webhook why 2')).text, /not verified: edited from #1 by mona \(page\)/);
    assert.match((await world.type('/webhook audit')).text, /mona \(page\).*edited event 1 and sent it again/);
    assert.deepEqual((await detailOf(world, '2')).about, {
      ...(await detailOf(world, '2')).about,
      edited: { of: '1', by: 'mona (page)' },
    });
  });

  it('is never a repeat, and makes no later delivery one', async () => {
    const { world, endpoint, text } = await aWorldWithAPush();
    await using _ = world;
    for (const id of ['2', '3']) assert.deepEqual((await send(world, '1', { text })).json.events, [id]);
    const push = aPush();
    await world.deliver(endpoint, push);
    assert.deepEqual((await send(world, '4', { text: JSON.stringify(push.payload) })).json.events, ['5']);
    assert.equal((await world.deliver(endpoint, push)).status, 200);
  });

  it('is of the type that its headers and its body say', async () => {
    const { world, text } = await aWorldWithAPush();
    await using _ = world;
    const headers = { 'content-type': 'application/json', 'X-GitHub-Event': 'create' };
    const { repository, sender } = JSON.parse(text);
    const body = JSON.stringify({ ref: 'v1', ref_type: 'tag', master_branch: 'main', repository, sender });
    assert.deepEqual((await send(world, '1', { text: body, headers })).json.events, ['2']);
    assert.equal((await detailOf(world, '2')).type, 'create');
  });

  it('pings nobody, and is held by mutes like any other', async () => {
    const { world, text } = await aWorldWithAPush();
    await using _ = world;
    await world.type('/webhook mute github for 1h confirm=yes');
    await send(world, '1', { text });
    await world.settled();
    assert.equal((await world.events('limit=1'))[0]?.state, 'held');
  });

  it('is refused with the place where its JSON is broken', async () => {
    const { world } = await aWorldWithAPush();
    await using _ = world;
    const { status, json } = await send(world, '1', { text: '{\n  "a": 1,\n  "b": oops\n}' });
    assert.deepEqual([status, json.code], [422, 'unreadable']);
    assert.match(json.message ?? '', /not valid JSON: look at line 3, column 8/);
    assert.equal((await world.events()).length, 1);
  });

  it('is refused where it is too large, has no endpoint, or a header that is none', async () => {
    const { world, text } = await aWorldWithAPush();
    await using _ = world;
    const large = await send(world, '1', { text: JSON.stringify({ text: 'x'.repeat(26 * 1024 * 1024) }) });
    assert.deepEqual([large.status, large.json.code], [413, 'too_large']);
    assert.match(large.json.message ?? '', /`github` takes .* MB at most/);
    const header = await send(world, '1', { text, headers: { 'two words': 'x' } });
    assert.deepEqual([header.status, header.json.code], [400, 'bad_request']);
    assert.equal((await send(world, '99', { text })).status, 404);
    await world.type('/webhook delete github confirm');
    const gone = await send(world, '1', { text });
    assert.deepEqual([gone.status, gone.json.code], [409, 'no_endpoint']);
  });
});
