import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aCaller, aCommandWorld, bob, click, dataOf, failureOf } from '../doubles/command-world.ts';

describe('/webhook history', () => {
  it('lists the newest first, with headline, type and id', async () => {
    const { say, anEndpoint, anEvent } = await aCommandWorld();
    const endpoint = await anEndpoint();
    await anEvent(endpoint, { title: 'first' });
    await anEvent(endpoint, { title: 'second', url: 'https://example.com/2' });
    const lines = (await say('history api')).message.body.split('\n');
    assert.match(lines[0] ?? '', / \[second\]\(<https:\/\/example\.com\/2>\) · on its way · `push` · `2`$/);
    assert.match(lines[1] ?? '', / first · on its way · `push` · `1`$/);
  });

  it('pages with a button', async () => {
    const world = await aCommandWorld();
    const endpoint = await world.anEndpoint();
    for (let number = 1; number <= 12; number++) await world.anEvent(endpoint, { title: `event number ${number}` });
    const first = await world.say('history api type=push');
    const second = await click(world, first, 'Older');
    const numbers = [first, second].map(({ message }) =>
      Array.from(message.body.matchAll(/number (\d+)/g), ([, number]) => Number(number)),
    );
    assert.deepEqual(numbers, [
      [12, 11, 10, 9, 8, 7, 6, 5, 4, 3],
      [2, 1],
    ]);
    assert.ok(!second.message.actions.some(({ label }) => label === 'Older'));
  });

  it('searches the bodies of what its caller may see, and of nothing else', async () => {
    const { say, settings, anEvent, journal, slack } = await aCommandWorld();
    const onSlack = { platform: 'slack', channel: 'C-ops', channelName: 'ops' };
    const owen = aCaller({ ...onSlack, user: 'owen', userName: 'Owen' });
    slack.members.set('board', ['owen']);
    await say('new github in #board as vault', owen);
    await say('new github in #ops as api', owen);
    const [vault, api] = settings.current.endpoints;
    assert.ok(vault && api);
    await anEvent(vault, { title: 'behind a door' });
    await anEvent(api, { title: 'in the open' });
    const events = await journal.events.list({ limit: 9 });
    await journal.bodies.add(events.map(({ id, endpointId }) => ({ eventId: id, endpointId, words: ['word'] })));
    const titles = async (caller: ReturnType<typeof aCaller>) => (await say('history body=word', caller)).message.body;
    assert.match(await titles(owen), /door/);
    const outside = await titles(aCaller({ ...onSlack, user: 'sam', userName: 'Sam' }));
    assert.match(outside, /open/);
    assert.doesNotMatch(outside, /door/);
  });

  it('searches for words, with or without an endpoint before them', async () => {
    const { say, anEndpoint, anEvent } = await aCommandWorld();
    const endpoint = await anEndpoint();
    await anEvent(endpoint, { title: 'deploy failed' });
    await anEvent(endpoint, { title: 'deploy worked' });
    for (const line of ['history api deploy failed', 'history deploy failed', 'events words="deploy failed"'])
      assert.equal(dataOf<{ events: readonly unknown[] }>(await say(line)).events.length, 1, line);
  });

  it('narrows by state, type, source and time', async () => {
    const { say, anEndpoint, anEvent, clock } = await aCommandWorld();
    const endpoint = await anEndpoint();
    await anEvent(endpoint, { source: 'a' }, { type: 'star' });
    clock.advance(3_600_000);
    await anEvent(endpoint, { source: 'b' }, { state: 'held', muteId: 'm' });
    const ids = async (line: string) =>
      dataOf<{ events: readonly { id: string }[] }>(await say(line)).events.map(({ id }) => id);
    assert.deepEqual(
      await Promise.all([
        ids('history state=held'),
        ids('history type=star'),
        ids('history source=b'),
        ids('history since 30m'),
      ]),
      [['2'], ['1'], ['2'], ['2']],
    );
  });

  it('says what to do when there is nothing', async () => {
    const { say, anEndpoint } = await aCommandWorld();
    await anEndpoint();
    assert.match((await say('history api')).message.body, /No event has arrived at `api` yet\. `\/webhook why api`/);
    assert.match((await say('history state=failed')).message.body, /No event matches/);
    assert.deepEqual((await say('history before=x')).data, { code: 'bad_option', field: 'before' });
  });

  it('shows hostile titles as text and hostile links not at all', async () => {
    const { say, anEndpoint, anEvent } = await aCommandWorld();
    await anEvent(await anEndpoint(), { title: '[click](http://evil) <@U1> @everyone', url: 'javascript:alert(1)' });
    const { body } = (await say('history')).message;
    assert.ok(!body.includes('javascript') && body.includes(String.raw`\[click\]\(`), body);
  });
});

describe('/webhook event', () => {
  it('shows what it is about and how it came', async () => {
    const { say, anEndpoint, anEvent } = await aCommandWorld();
    await anEvent(await anEndpoint(), { actor: 'octocat', state: 'open' }, { deliveryId: 'delivery-7' });
    const { message } = await say('event 1');
    const shown = Object.fromEntries(message.fields.map(({ name, value }) => [name, value]));
    assert.deepEqual(
      [shown.Endpoint, shown.Actor, shown.Delivery],
      ['`api`', 'octocat', '`delivery-7` · POST · 25 bytes'],
    );
    assert.deepEqual(
      message.actions.map(({ label }) => label),
      ['Why', 'Diff', 'Replay', 'Open'],
    );
  });

  for (const id of ['99', 'abc', '999999999999999999999'])
    it(`does not know ${id}`, async () => {
      const { say } = await aCommandWorld();
      assert.deepEqual((await say(`event ${id}`)).data, { code: 'not_found', field: 'event' });
    });
});

describe('/webhook why', () => {
  it('gives the steps of the decision and what became of each route', async () => {
    const { say, anEndpoint, anEvent, journal } = await aCommandWorld();
    const { posts } = await anEvent(await anEndpoint());
    await journal.posts.settle(posts[0]?.id ?? '', { state: 'failed', attempts: 3, error: 'the channel is archived' });
    const reply = await say('why 1');
    assert.match(
      reply.message.body,
      /- verified by the secret\n\n- \*\*\\#ops\*\*: failed after 3 attempts: the channel is archived/,
    );
    assert.equal(reply.message.actions[0]?.label, 'Try again');
  });

  it('names what the chat refused of a message', async () => {
    const { say, anEndpoint, anEvent, journal } = await aCommandWorld();
    const { posts } = await anEvent(await anEndpoint());
    const ref = { channel: 'C-ops', id: '1', leftOut: ['the picture'] };
    await journal.posts.settle(posts[0]?.id ?? '', { state: 'posted', attempts: 1, ref });
    assert.match((await say('why 1')).message.body, /posted .*, without the picture/);
  });

  it('finds an event by delivery id, by words and by endpoint', async () => {
    const { say, anEndpoint, anEvent } = await aCommandWorld();
    await anEvent(await anEndpoint(), { title: 'deploy failed' }, { deliveryId: 'd-42' });
    for (const line of ['why d-42', 'why deploy failed', 'why api', 'why #1'])
      assert.match((await say(line)).message.body, /^deploy failed\n/, line);
  });

  it('explains the last event of the channel when nothing is named', async () => {
    const { say, anEndpoint, anEvent } = await aCommandWorld();
    await anEvent(await anEndpoint(), { title: 'deploy failed' });
    assert.match(
      (await say('why', aCaller({ channel: 'C-ops', channelName: 'ops' }))).message.body,
      /^deploy failed\n/,
    );
    assert.match((await say('why')).message.body, /posted no event in this channel/);
  });

  it('shows refusals to an owner, and to nobody else, when nothing arrived', async () => {
    const { say, anEndpoint, journal, clock } = await aCommandWorld();
    const { id } = await anEndpoint();
    await journal.refusals.add({
      endpointId: id,
      at: clock.now(),
      reason: 'the signature matches none',
      status: 401,
      method: 'POST',
      headers: {},
      body: Buffer.alloc(0),
      remoteAddress: '',
    });
    assert.match((await say('why api')).message.body, /`api` 401: the signature matches none/);
    assert.doesNotMatch((await say('why api', bob)).message.body, /signature matches none/);
  });

  it('says what to check when nothing arrived at all', async () => {
    const { say, anEndpoint } = await aCommandWorld();
    await anEndpoint();
    assert.match(
      (await say('why d-42')).message.body,
      /Nothing in the journal matches `d-42`[\s\S]*Check at the provider/,
    );
  });
});

describe('/webhook replay', () => {
  it('posts an event again wherever its endpoint leads now', async () => {
    const { say, anEndpoint, anEvent, journal } = await aCommandWorld();
    await anEvent(await anEndpoint());
    await say('route api add #dev');
    assert.match((await say('replay 1')).message.body, /is posted again in \\#ops, \\#dev/);
    const posts = await journal.posts.list({ eventId: '1', limit: 10 });
    assert.deepEqual(posts.filter(({ replay }) => replay).length, 2);
  });

  it('posts what a mute held', async () => {
    const { say, anEndpoint, anEvent, journal } = await aCommandWorld();
    const endpoint = await anEndpoint();
    for (let number = 0; number < 2; number++) await anEvent(endpoint, {}, { state: 'held', muteId: 'mute7' });
    assert.match((await say('replay mute=mute7')).message.body, /2 messages are on the way/);
    assert.deepEqual(await journal.posts.list({ state: 'held', limit: 10 }), []);
  });

  it('asks before it posts a flood', async () => {
    const world = await aCommandWorld();
    const endpoint = await world.anEndpoint();
    for (let number = 0; number < 21; number++) await world.anEvent(endpoint, {}, { state: 'held', muteId: 'mute7' });
    const question = await world.say('replay mute=mute7');
    assert.equal((await world.journal.posts.count()).held, 21);
    await click(world, question, 'Post all 21');
    assert.equal((await world.journal.posts.count()).held, 0);
  });

  it('says so when there is nothing to post', async () => {
    const { say } = await aCommandWorld();
    assert.match((await say('replay mute=zzz')).message.body, /Nothing that the mute `zzz` held is left to post/);
    assert.deepEqual((await say('replay 7')).data, { code: 'not_found', field: 'event' });
    assert.deepEqual((await say('replay')).form?.ask, ['event']);
    assert.deepEqual((await say('replay 7 mute=zzz')).data, { code: 'bad_option', field: 'mute' });
  });
});

describe('/webhook failed', () => {
  it('lists failures with the reason and tries them again by a button', async () => {
    const world = await aCommandWorld();
    const { posts } = await world.anEvent(await world.anEndpoint(), { title: 'deploy failed' });
    await world.journal.posts.settle(posts[0]?.id ?? '', {
      state: 'failed',
      attempts: 3,
      error: 'the channel is archived',
    });
    const list = await world.say('failed');
    assert.match(list.message.body, /deploy failed in \\#ops from `api` · the channel is archived \(3 attempts\)/);
    assert.match((await click(world, list, 'Try again')).message.body, /tries to post 1 message again/);
    assert.deepEqual(await world.journal.posts.count(), { due: 1, posted: 0, held: 0, failed: 0, dropped: 0 });
  });

  it('drops what nobody needs any more, and asks before it drops several', async () => {
    const world = await aCommandWorld();
    const endpoint = await world.anEndpoint();
    for (const title of ['one', 'two', 'three']) {
      const { posts } = await world.anEvent(endpoint, { title });
      const outcome = { state: 'failed', attempts: 1, error: 'no answer', mayBeOut: true } as const;
      await world.journal.posts.settle(posts[0]?.id ?? '', outcome);
    }
    assert.deepEqual((await world.say('failed post=1 drop')).data, { dropped: 1 });
    const question = await click(world, await world.say('failed'), 'Drop all');
    assert.equal((await world.journal.posts.count()).failed, 2);
    assert.deepEqual((await click(world, question, 'Drop all 2')).data, { dropped: 2 });
    assert.match((await world.say('failed')).message.body, /Nothing has failed/);
    assert.match((await world.say('why 1')).message.body, /dropped/);
  });

  it('lists what was not posted yet, with what it waits for', async () => {
    const world = await aCommandWorld();
    const { posts } = await world.anEvent(await world.anEndpoint(), { title: 'deploy began' });
    await world.journal.posts.attempt(posts[0]?.id ?? '', 1, 'It may have been posted.');
    const list = await world.say('failed');
    assert.match(list.message.body, /^Not posted yet, and tried again:\n.* deploy began in .* It may have been posted/);
    assert.deepEqual(
      list.message.actions.map(({ label }) => label),
      ['Try now'],
    );
  });

  it('says so when nothing has failed', async () => {
    const { say, anEndpoint } = await aCommandWorld();
    await anEndpoint();
    assert.match((await say('failed api')).message.body, /Nothing has failed for `api`/);
    assert.equal(failureOf(await say('failed nope')).code, 'not_found');
    assert.deepEqual((await say('failed post=x')).data, { code: 'bad_option', field: 'post' });
  });
});
