import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defineCommand } from '../../src/core/command/command.ts';
import { reply } from '../../src/core/command/reply.ts';
import { aCommand, aModal, aSlackWorld, aSlowCommand, ROOMS, textOf, until } from '../doubles/slack/world.ts';

describe('a form in Slack', () => {
  it('offers what is known: choices, the channel, a box to tick', async () => {
    const ask = ['room', 'guest', 'in', 'quiet', 'notes'];
    const form = {
      command: 'book',
      title: 'Book a room in the hotel',
      ask,
      options: { in: '#deploys', quiet: 'true' },
      submit: 'Book',
    };
    const { slack } = await aSlackWorld({ commands: { ask: aCommand(async () => reply('Fill it in.', { form })) } });
    const modal = await aModal(slack, '/webhook ask');
    const blocks = modal.content.blocks as { block_id: string; element: Record<string, unknown> }[];
    const types = Object.fromEntries(blocks.map(({ block_id, element }) => [block_id, element.type]));
    assert.deepEqual(types, {
      room: 'static_select',
      guest: 'plain_text_input',
      in: 'conversations_select',
      quiet: 'checkboxes',
      notes: 'plain_text_input',
    });
    await slack.submit(modal, { Room: 'double', Guest: 'Ann' });
    await until(() => slack.ephemeral().length);
    assert.match(textOf(slack.ephemeral()[0]), /"in":"<#C0DEPLOYS>","quiet":true/);
  });

  it('keeps what was typed before it opened', async () => {
    const { slack } = await aSlackWorld();
    await slack.submit(await aModal(slack, '/webhook book double in #ops'), { Guest: 'Bob' });
    await until(() => slack.ephemeral().length);
    assert.match(textOf(slack.ephemeral()[0]), /"room":"double","guest":"Bob","in":"<#C0OPS\|ops>"/);
  });

  it('says how to type the command when its trigger is too old', async () => {
    const { slack } = await aSlackWorld();
    slack.fail('views.open', { body: { ok: false, error: 'expired_trigger_id' } });
    await slack.type('/webhook book');
    await until(() => slack.ephemeral().length);
    assert.match(textOf(slack.ephemeral()[0]), /Type it as .*\/webhook book/);
  });

  it('shows a refusal that belongs to no field too', async () => {
    const { slack } = await aSlackWorld();
    const outcome = await slack.submit(await aModal(slack, '/webhook book'), { Room: 'single', Guest: 'thief' });
    assert.deepEqual(outcome.acknowledged && outcome.payload?.errors, { room: 'Thieves may not book.' });
  });

  it('says that it is working when the command takes long, and then that it is done', async () => {
    const { slow, finish } = aSlowCommand();
    const named = defineCommand({ ...slow, options: { name: { type: 'string' as const, description: 'A name' } } });
    const { slack } = await aSlackWorld({ commands: { slow: named }, pause: 5 });
    await slack.submit(await aModal(slack, '/webhook slow'), { Name: 'Ann' });
    assert.match(JSON.stringify(slack.modal()?.content), /Working on it/);
    finish();
    await until(() => JSON.stringify(slack.modal()?.content).includes('Done: At last.'));
    assert.equal(slack.ephemeral().at(-1)?.text, 'At last.');
  });

  for (const mode of ['socket', 'http'] as const)
    it(`finds each of 61 entries by typing, over ${mode}`, async () => {
      const { slack } = await aSlackWorld({ mode });
      const modal = await aModal(slack, '/webhook find');
      const [input] = modal.content.blocks as { element: Record<string, unknown> }[];
      assert.deepEqual([input?.element.type, input?.element.min_query_length], ['external_select', 0]);
      const offered = await slack.suggest(modal, 'Name', '');
      assert.equal(offered.length, 25);
      for (const room of ROOMS)
        assert.ok(
          (await slack.suggest(modal, 'Name', room)).some(({ value }) => value === room),
          room,
        );
      await slack.submit(modal, { Name: 'room-61' });
      await until(() => slack.ephemeral().length);
      assert.equal(slack.ephemeral()[0]?.text, 'Found room-61.');
    });

  it('keeps a known entry in a menu that is typed in', async () => {
    const form = { command: 'find', title: 'Find', ask: ['name'], options: { name: 'room-42' }, submit: 'Find' };
    const { slack } = await aSlackWorld({ commands: { ask: aCommand(async () => reply('Find it.', { form })) } });
    await slack.submit(await aModal(slack, '/webhook ask'));
    await until(() => slack.ephemeral().length);
    assert.equal(slack.ephemeral()[0]?.text, 'Found room-42.');
  });

  it('offers nothing in a menu for what nobody asks, to a guest, or while Slack cannot say who asks', async () => {
    const { slack } = await aSlackWorld();
    const modal = await aModal(slack, '/webhook find');
    assert.deepEqual(await slack.suggest(modal, 'Name', 'attic'), []);
    assert.deepEqual(await slack.suggest({ ...modal, user: 'U0GUEST' }, 'Name', 'room'), []);
    slack.fail('users.info', { status: 500, body: 'trouble' });
    assert.deepEqual(await slack.suggest({ ...modal, user: 'U0OWNER' }, 'Name', 'room'), []);
    const elsewhere = { ...modal, content: { ...modal.content, private_metadata: 'x' } };
    assert.deepEqual(await slack.suggest(elsewhere, 'Name', 'room'), []);
  });

  it('takes no values longer than a modal can hold', async () => {
    const { slack } = await aSlackWorld();
    await slack.type(`/webhook book notes="${'x'.repeat(3_100)}"`);
    await until(() => slack.ephemeral().length);
    assert.equal(slack.calls('views.open').length, 0);
  });
});
