import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { eventually, wordsOf } from '../chats/chat.ts';
import { connected, slackEnvironment } from '../chats/places.ts';
import { hastily } from '../doubles/clocks/hasty-clock.ts';
import { BOT_TOKEN, startSlack } from '../doubles/slack/double.ts';
import type { Fault } from '../doubles/slack/faults.ts';
import { anAlert, aSlackWorld } from '../doubles/slack/world.ts';
import { aPush, aWorld } from '../world.ts';

const SINCE = () => new Date(Date.now() - 1_000);
const refusal = (error: string, more: object = {}) => ({ body: { ok: false, error, ...more } });

/** What is no answer to the question whether a message is there. */
const NO_ANSWERS: Readonly<Record<string, Fault>> = {
  'HTTP 429': { status: 429, headers: { 'retry-after': '1' }, body: 'slow down' },
  ratelimited: refusal('ratelimited'),
  'HTTP 500': { status: 500, body: 'trouble' },
  'HTTP 503': { status: 503, body: '<html>trouble</html>' },
  'HTTP 403 of a proxy': { status: 403, body: '<html>no</html>' },
  'a reset': { reset: true },
  'a page of a proxy': { status: 200, body: '<!doctype html><title>Sign in</title>' },
  'half an answer': { status: 200, body: '{"ok":true,"messages":[' },
  'an empty answer': { status: 200, body: '' },
  'an answer without messages': { body: { ok: true } },
  'an answer that breaks off': { body: { ok: true, messages: [], has_more: true } },
  missing_scope: refusal('missing_scope', { needed: 'channels:history' }),
  not_in_channel: refusal('not_in_channel'),
  channel_not_found: refusal('channel_not_found'),
  invalid_auth: refusal('invalid_auth'),
  a_code_of_tomorrow: refusal('a_code_of_tomorrow'),
};

describe('looking for a post in Slack', () => {
  for (const [what, fault] of Object.entries(NO_ANSWERS))
    it(`finds out nothing from ${what}, says so in one line, and is worth another try`, async () => {
      const { slack, platform } = await aSlackWorld({ mode: 'post' });
      slack.fail('conversations.history', fault);
      const failure = await look(platform).catch((thrown) => thrown);
      assert.deepEqual([failure.status, failure.retryAfter > 0], [503, true]);
      assert.match(failure.message, /^Slack could not be asked whether the message is posted already\. [^\n<]+$/);
    });

  it('says which scope it lacks', async () => {
    const { slack, platform } = await aSlackWorld({ mode: 'post' });
    slack.scopes.delete('groups:history');
    await assert.rejects(platform.find('C0SECRET', { nonce: 'n1', since: SINCE() }), /`groups:history`/);
    assert.equal(await look(platform), undefined);
  });

  it('is not yet possible before Slack is connected', async () => {
    const { platform } = await aSlackWorld({ mode: 'post' });
    await platform.stop();
    await assert.rejects(look(platform), { status: 503, code: 'slack_not_started' });
  });

  it('is not tried with a token that was refused', async () => {
    const { slack, platform } = await aSlackWorld({ mode: 'post' });
    slack.revoke(BOT_TOKEN);
    await assert.rejects(platform.post('C0OPS', anAlert, { nonce: 'n1' }), { status: 401 });
    await assert.rejects(look(platform), { status: 503 });
    assert.equal(slack.calls('conversations.history').length, 0);
  });

  it('begins at its first attempt, and goes on page by page until it is found', async () => {
    const { slack, platform } = await aSlackWorld({ mode: 'post' });
    await platform.post('C0OPS', anAlert, { nonce: 'n1' });
    chatter(slack, 2_500);
    const since = new Date(Date.now() - 3_600_000);
    assert.equal((await platform.find('C0OPS', { nonce: 'n1', since }))?.id, slack.messages('ops')[0]?.ts);
    const asked = slack.calls('conversations.history');
    assert.equal(asked.length, 3);
    const oldest = Number(asked[0]?.oldest) * 1000;
    assert.ok(oldest <= since.getTime() && oldest > since.getTime() - 300_000, String(oldest));
  });

  it('ends as soon as it is found', async () => {
    const { slack, platform } = await aSlackWorld({ mode: 'post' });
    chatter(slack, 2_500);
    await platform.post('C0OPS', anAlert, { nonce: 'n1' });
    assert.ok(await look(platform));
    assert.equal(slack.calls('conversations.history').length, 1);
  });

  it('goes on where a limit stopped it', async () => {
    const { slack, platform } = await aSlackWorld({ mode: 'post' });
    await platform.post('C0OPS', anAlert, { nonce: 'n1' });
    chatter(slack, 2_500);
    slack.fail('conversations.history', { delay: 1 });
    slack.fail('conversations.history', { status: 429, headers: { 'retry-after': '3' }, body: 'slow down' });
    await assert.rejects(look(platform), { status: 503, retryAfter: 3_000 });
    assert.ok(await look(platform));
    assert.equal(slack.calls('conversations.history').length, 4);
  });

  it('finds what stands in a thread, and nothing else', async () => {
    const { slack, platform } = await aSlackWorld({ mode: 'post' });
    const { id } = await platform.post('C0OPS', anAlert, { nonce: 'n1' });
    const reply = await platform.post('C0OPS', anAlert, { nonce: 'n2', thread: id });
    assert.equal((await platform.find('C0OPS', { nonce: 'n2', since: SINCE(), thread: id }))?.id, reply.id);
    assert.equal(await platform.find('C0OPS', { nonce: 'n3', since: SINCE(), thread: id }), undefined);
    slack.fail('conversations.replies', { status: 500, body: 'trouble' });
    await assert.rejects(platform.find('C0OPS', { nonce: 'n4', since: new Date(0), thread: id }), { status: 503 });
  });

  it('looks in the channel where the thread is gone', async () => {
    const { slack, platform } = await aSlackWorld({ mode: 'post' });
    const { id } = await platform.post('C0OPS', anAlert, { nonce: 'n1' });
    assert.equal((await platform.find('C0OPS', { nonce: 'n1', since: SINCE(), thread: '1.1' }))?.id, id);
    assert.equal(slack.calls('conversations.replies').length, 1);
  });

  it('looks in the direct message of whoever was posted to by their own id', async () => {
    const { slack, platform } = await aSlackWorld({ mode: 'post' });
    const { id } = await platform.post('D0DMMEMBER', anAlert, { nonce: 'n1' });
    assert.deepEqual(await platform.find('U0MEMBER', { nonce: 'n1', since: SINCE() }), { channel: 'D0DMMEMBER', id });
    assert.equal(slack.calls('conversations.history')[0]?.channel, 'D0DMMEMBER');
  });

  it('looks again after an attempt whose answer was lost', async () => {
    const { slack, platform } = await aSlackWorld({ mode: 'post' });
    const since = SINCE();
    assert.equal(await platform.find('C0OPS', { nonce: 'n1', since }), undefined);
    slack.fail('chat.postMessage', { status: 200, body: '', afterwards: true });
    await assert.rejects(platform.post('C0OPS', anAlert, { nonce: 'n1' }), { code: 'slack_unreadable', status: 503 });
    assert.ok(await platform.find('C0OPS', { nonce: 'n1', since }));
  });
});

describe('a post whose answer was lost', () => {
  for (const [what, fault] of Object.entries(NO_ANSWERS))
    it(`is posted once though the look for it gets ${what}`, async (t) => {
      const slack = await startSlack();
      const world = await aWorld({ clock: hastily, environment: slackEnvironment(slack) });
      t.after(async () => {
        await world[Symbol.asyncDispose]();
        await slack.stop();
      });
      await connected(world, 'slack');
      const endpoint = await world.endpoint('github', 'in slack:#ops as api');
      slack.fail('chat.postMessage', { reset: true, afterwards: true });
      slack.fail('conversations.history', fault, 3);
      for (const message of ['One', 'Two']) await world.deliver(endpoint, aPush({ message }));
      await eventually(() => slack.messages('ops').length >= 2, 'both are posted');
      await world.settled();
      assert.deepEqual(
        slack.messages('ops').map((message) => /One|Two/.exec(wordsOf(message))?.[0]),
        ['One', 'Two'],
      );
    });
});

type Platform = Awaited<ReturnType<typeof aSlackWorld>>['platform'];

function look(platform: Platform) {
  return platform.find('C0OPS', { nonce: 'n1', since: SINCE() });
}

/** What people say in a channel meanwhile. */
function chatter(slack: Awaited<ReturnType<typeof startSlack>>, count: number): void {
  for (let n = 0; n < count; n++)
    slack.workspace.messages.push({ ts: slack.workspace.nextTs(), channel: 'C0OPS', user: 'U0ADMIN', text: `${n}` });
}
