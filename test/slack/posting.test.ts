import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toMessage } from '../../src/core/message/message.ts';
import { MessageGone } from '../../src/core/platform/message-gone.ts';
import { anAlert, aSlackWorld } from '../doubles/slack/world.ts';

describe('posting to Slack', () => {
  it('gives back where the message stands, and edits it there', async () => {
    const { slack, platform } = await aSlackWorld({ mode: 'post' });
    const ref = await platform.post('C0OPS', anAlert, { nonce: 'n1' });
    await platform.edit(ref, toMessage({ body: 'Closed' }));
    assert.deepEqual([slack.messages('ops').length, slack.messages('ops')[0]?.text], [1, 'Closed']);
  });

  for (const error of ['message_not_found', 'edit_window_closed', 'cant_update_message'])
    it(`(${error}) says that a message can no longer be edited, and posts nothing in its place`, async () => {
      const { slack, platform } = await aSlackWorld({ mode: 'post' });
      const ref = await platform.post('C0OPS', anAlert, { nonce: 'n1' });
      slack.fail('chat.update', { body: { ok: false, error } });
      await assert.rejects(platform.edit(ref, toMessage({ body: 'Closed' })), MessageGone);
      assert.equal(slack.messages('ops').length, 1);
    });

  for (const error of ['thread_not_found', 'cannot_reply_to_message', 'restricted_action_thread_locked'])
    it(`(${error}) says that a thread takes no reply`, async () => {
      const { slack, platform } = await aSlackWorld({ mode: 'post' });
      const { id } = await platform.post('C0OPS', anAlert, { nonce: 'n1' });
      slack.fail('chat.postMessage', { body: { ok: false, error } });
      await assert.rejects(platform.post('C0OPS', anAlert, { nonce: 'n2', thread: id }), MessageGone);
    });

  it('shows a reply in the channel as well where that is asked for', async () => {
    const { slack, platform } = await aSlackWorld({ mode: 'post' });
    const { id } = await platform.post('C0OPS', anAlert, { nonce: 'n1' });
    await platform.post('C0OPS', anAlert, { nonce: 'n2', thread: id, broadcast: true });
    const [, last] = slack.calls('chat.postMessage');
    assert.deepEqual([last?.thread_ts, String(last?.reply_broadcast)], [id, 'true']);
  });

  it('knows the address of a message', async () => {
    const { platform } = await aSlackWorld({ mode: 'post' });
    const { channel, id } = await platform.post('C0OPS', anAlert, { nonce: 'n1' });
    assert.match(
      (await platform.link({ channel, id })) ?? '',
      new RegExp(`^https://[^/]+/archives/C0OPS/p${id.replace('.', '')}$`),
    );
  });

  it('answers in a thread', async () => {
    const { slack, platform } = await aSlackWorld({ mode: 'post' });
    const { id } = await platform.post('C0OPS', anAlert, { nonce: 'n1' });
    await platform.post('C0OPS', anAlert, { nonce: 'n2', thread: id });
    assert.equal(slack.messages('ops')[1]?.thread_ts, id);
  });

  it('finds a post whose answer was lost', async () => {
    const { slack, platform } = await aSlackWorld({ mode: 'post' });
    const since = new Date(Date.now() - 1_000);
    slack.fail('chat.postMessage', { reset: true, afterwards: true });
    assert.equal(await platform.find('C0OPS', { nonce: 'n1', since }), undefined);
    await assert.rejects(platform.post('C0OPS', anAlert, { nonce: 'n1' }), { code: 'slack_unreachable', status: 503 });
    assert.equal((await platform.find('C0OPS', { nonce: 'n1', since }))?.id, slack.messages('ops')[0]?.ts);
  });

  it('reads a channel’s history once for many posts in doubt', async () => {
    const { slack, platform } = await aSlackWorld({ mode: 'post' });
    for (const nonce of ['a', 'b', 'c']) await platform.find('C0OPS', { nonce: nonce, since: new Date() });
    assert.equal(slack.calls('conversations.history').length, 1);
  });

  it('sends the text alone, once, when Slack does not understand the blocks', async () => {
    const { slack, platform } = await aSlackWorld({ mode: 'post' });
    slack.fail('chat.postMessage', { body: { ok: false, error: 'invalid_blocks' } });
    await platform.post('C0OPS', anAlert, { nonce: 'n1' });
    assert.deepEqual(
      [slack.messages('ops')[0]?.text, slack.messages('ops')[0]?.blocks],
      ['octocat pushed to main', undefined],
    );
  });

  for (const [error, status, retries] of [
    ['channel_not_found', 403, false],
    ['not_in_channel', 403, false],
    ['is_archived', 403, false],
    ['restricted_action', 403, false],
    ['missing_scope', 403, false],
    ['something_new', 503, true],
    ['attachment_payload_limit_exceeded', 422, false],
    ['msg_too_long', 422, false],
    ['internal_error', 503, true],
    ['ratelimited', 429, true],
  ] as const) {
    it(`${retries ? 'asks to try again' : 'gives up'} after ${error}`, async () => {
      const { slack, platform } = await aSlackWorld({ mode: 'post' });
      slack.fail('chat.postMessage', { body: { ok: false, error } }, 2);
      const failure = await platform.post('C0OPS', anAlert, { nonce: 'n1' }).catch((thrown) => thrown);
      assert.deepEqual(
        [failure.code, failure.status, failure.retryAfter !== undefined],
        [`slack_${error}`, status, retries],
      );
    });
  }

  it('passes on how long Slack asks to wait, without delaying another channel', async () => {
    const { slack, platform } = await aSlackWorld({ mode: 'post' });
    slack.limit({ perSecond: 0.05, burst: 1 });
    await platform.post('C0OPS', anAlert, { nonce: 'n1' });
    await assert.rejects(platform.post('C0OPS', anAlert, { nonce: 'n2' }), { status: 429, retryAfter: 20_000 });
    await platform.post('C0DEPLOYS', anAlert, { nonce: 'n3' });
  });

  it('takes a limit without a time for one', async () => {
    const { slack, platform } = await aSlackWorld({ mode: 'post' });
    slack.fail('chat.postMessage', { status: 429, body: 'slow down' });
    await assert.rejects(platform.post('C0OPS', anAlert, { nonce: 'n1' }), { status: 429 });
  });
});

describe('channels in Slack', () => {
  for (const typed of ['#ops', 'ops', 'C0OPS', '<#C0OPS>', '<#C0OPS|ops>', ' #Ops ']) {
    it(`understands ${typed}`, async () => {
      const { platform } = await aSlackWorld({ mode: 'post' });
      assert.deepEqual(await platform.channel(typed), { id: 'C0OPS', name: 'ops' });
    });
  }

  for (const [typed, words] of [
    ['#nowhere', /Bellhop cannot see the channel `#nowhere`/],
    ['#hidden', /If it is private, invite Bellhop with/],
    ['#elsewhere', /Bellhop is not in `#elsewhere`\. Invite it with `\/invite @bellhop`/],
    ['#attic', /`#attic` is archived/],
  ] as const) {
    it(`says what to do about ${typed}`, async () => {
      const { platform } = await aSlackWorld({ mode: 'post' });
      await assert.rejects(platform.channel(typed), words);
    });
  }

  it('are found among more than one page of them', async () => {
    const { slack, platform } = await aSlackWorld({ mode: 'post' });
    for (let n = 0; n < 1_200; n++) slack.workspace.addChannel(`team-${n}`);
    assert.equal((await platform.channel('#team-1199')).name, 'team-1199');
    assert.equal(slack.calls('conversations.list').length, 2);
  });

  it('are found by their new name at once', async () => {
    const { slack, platform } = await aSlackWorld({ mode: 'post' });
    await platform.channel('#ops');
    const channel = slack.workspace.channels.get('C0OPS');
    if (channel) channel.name = 'operations';
    assert.deepEqual(await platform.channel('#operations'), { id: 'C0OPS', name: 'operations' });
  });
});
