import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createInbox } from '../../src/platforms/slack/connection/inbox.ts';
import { aModal, anAlert, aSlackWorld, textOf, until } from '../doubles/slack/world.ts';

for (const mode of ['socket', 'http'] as const) {
  describe(`what Slack sends again, over ${mode},`, () => {
    it('runs a command once, and is acknowledged', async () => {
      const { slack, heard } = await aSlackWorld({ mode });
      await slack.type('/webhook say hi');
      const again = [await slack.redeliver(), await slack.redeliver()];
      await slack.type('/webhook say hi');
      await until(() => slack.ephemeral().length === 2);
      assert.ok(again.every(({ acknowledged }) => acknowledged));
      assert.equal(heard.length, 2);
    });

    it('runs a button, a menu and a shortcut once', async () => {
      const { slack, platform, heard } = await aSlackWorld({ mode });
      await platform.post('C0OPS', anAlert, { nonce: 'n1' });
      const message = slack.messages('ops')[0] as never;
      for (const deed of [
        () => slack.click(message, 'Say hello'),
        () => slack.click(message, 'Mute'),
        () => slack.shortcut('why', { message }),
      ]) {
        await deed();
        assert.equal((await slack.redeliver()).acknowledged, true);
      }
      await until(() => slack.ephemeral().length === 3);
      assert.equal(heard.length, 3);
    });

    it('runs a form once, and says the same of it', async () => {
      const { slack, heard } = await aSlackWorld({ mode });
      const modal = await aModal(slack, '/webhook book');
      const outcome = await slack.submit(modal, { Room: 'double', Guest: 'nobody' });
      assert.deepEqual(await slack.redeliver(), outcome);
      await slack.submit(modal, { Room: 'double', Guest: 'Ann' });
      assert.equal((await slack.redeliver()).acknowledged, true);
      await until(() => slack.ephemeral().length);
      assert.equal(heard.length, 3);
      assert.match(textOf(slack.ephemeral()[0]), /Booked/);
    });

    it('handles an event once', async () => {
      const { slack, heard } = await aSlackWorld({ mode });
      await slack.openHome();
      assert.equal((await slack.redeliver()).acknowledged, true);
      await until(() => slack.home());
      assert.equal(heard.length, 3);
    });

    it('is not mistaken for what a person does twice', async () => {
      const { slack, platform, heard } = await aSlackWorld({ mode });
      await platform.post('C0OPS', anAlert, { nonce: 'n1' });
      for (const _ of [1, 2]) await slack.click(slack.messages('ops')[0] as never, 'Say hello');
      await until(() => slack.ephemeral().length === 2);
      assert.equal(heard.length, 2);
    });
  });
}

describe('the inbox of Slack', () => {
  it('acknowledges a repeat only once it is known what with', async () => {
    const { inbox, release } = anInbox();
    const acknowledged: unknown[] = [];
    const event = () => ({
      body: { type: 'view_submission', trigger_id: '1' },
      ack: async (outcome: unknown) => void acknowledged.push(outcome),
    });
    const both = [inbox.processEvent(event()), inbox.processEvent(event())];
    await new Promise(setImmediate);
    assert.deepEqual(acknowledged, []);
    release();
    await Promise.all(both);
    assert.deepEqual(acknowledged, ['done', 'done']);
  });

  it('acknowledges a repeat of what failed', async () => {
    const inbox = createInbox({ processEvent: () => Promise.reject(new Error('boom')) });
    const event = { body: { type: 'event_callback', event_id: 'Ev1' }, ack: async () => undefined };
    await assert.rejects(inbox.processEvent(event), /boom/);
    await inbox.processEvent(event);
  });

  it('remembers the last thousand', async () => {
    const { inbox, seen, release } = anInbox();
    release();
    const take = (id: number) =>
      inbox.processEvent({ body: { type: 'event_callback', event_id: `Ev${id}` }, ack: async () => undefined });
    for (let id = 0; id <= 1_000; id++) await take(id);
    await take(1);
    assert.equal(seen.length, 1_001);
    await take(0);
    assert.equal(seen.length, 1_002);
  });
});

function anInbox() {
  const seen: unknown[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  const inbox = createInbox({
    async processEvent({ body, ack }) {
      seen.push(body);
      await promise;
      await ack('done');
    },
  });
  return { inbox, seen, release: () => resolve() };
}
