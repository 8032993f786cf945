import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Message } from '../../src/core/message/message.ts';
import { aPush, aWorld } from '../world.ts';

describe('how a route wants its messages', () => {
  it('is how they are posted there, and nowhere else', async () => {
    await using world = await aWorld();
    const endpoint = await world.endpoint('github', 'in #ops');
    await world.type('/webhook route github add #dev density=compact notify=always');
    await world.deliver(endpoint, aPush({ message: 'Fix the door\n\nIt was open.' }));
    await world.settled();
    const [usual, compact] = [(await world.messages('ops'))[0], (await world.messages('dev'))[0]];
    assert.match(usual?.message.body ?? '', /It was open/);
    assert.deepEqual([compact?.message.body, compact?.message.title?.text], ['', usual?.message.title?.text]);
  });

  it('holds for what a person asked to be posted again, too', async () => {
    await using world = await aWorld();
    const endpoint = await world.endpoint('github', 'in #ops');
    await world.type('/webhook route github add #ops density=compact');
    await world.deliver(endpoint, aPush({ message: 'Fix the door\n\nIt was open.' }));
    await world.settled();
    const [event] = await world.events();
    await world.type(`/webhook replay ${event?.id}`);
    await world.settled();
    assert.deepEqual(
      (await world.messages()).map(({ message }) => message.body),
      ['', ''],
    );
  });
});

describe('an event in history and search', () => {
  it('is called what its message says first', async () => {
    await using world = await aWorld();
    const endpoint = await world.endpoint('github', 'in #ops');
    await world.deliver(endpoint, aPush());
    await world.settled();
    const [message] = await world.messages();
    const [event] = await world.events(`q=${encodeURIComponent('octocat pushed door')}`);
    assert.equal(event?.about?.title, 'octocat pushed to main: Fix the door');
    assert.deepEqual([message?.text, message?.message.title?.text], [event?.about?.title, event?.about?.title]);
  });
});

describe('what is behind ⋯', () => {
  it('is listed by a command, by the id of the event or by words of its first line', async () => {
    await using world = await aWorld();
    const endpoint = await world.endpoint('github', 'in #ops');
    await world.deliver(endpoint, aPush());
    await world.settled();
    const [event] = await world.events();
    for (const which of [event?.id, '"octocat pushed to main: Fix the door"']) {
      const { message } = await world.type(`/webhook menu ${which}`);
      assert.deepEqual(
        message.actions.map(({ label }) => label),
        ['Mute acme/api for 1 h', 'Fewer like this', 'Why did I see this?', 'Show payload', 'Replay'],
      );
    }
    assert.match((await world.type('/webhook menu "never heard of"')).text, /There is no event/);
  });

  it('has all of a message that was shortened', async () => {
    await using world = await aWorld();
    await world.endpoint('alertmanager', 'in #ops');
    await world.type('/webhook test alertmanager resolved', { channel: 'elsewhere' });
    await world.settled();
    const [posted] = await world.messages();
    const all = await world.click(posted ?? assert.fail('nothing was posted'), /^Show all$/);
    const fieldsOf = (message: unknown) => (message as Message).fields.length;
    assert.deepEqual([fieldsOf(posted?.message), fieldsOf(all.message)], [0, 2]);
  });
});
