import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { MessageGone } from '../../src/core/platform/message-gone.ts';
import { eventually, wordsOf } from '../chats/chat.ts';
import { connected, health, slackEnvironment } from '../chats/places.ts';
import { aClockToHurry } from '../doubles/clocks/clock-to-hurry.ts';
import { BOT_TOKEN, startSlack } from '../doubles/slack/double.ts';
import { anAlert, aSlackWorld, textOf, until } from '../doubles/slack/world.ts';
import { aPush, aWorld } from '../world.ts';

const refusal = (error: string) => ({ body: { ok: false, error } });

describe('an error of Slack’s that time can help', () => {
  const limits = {
    'HTTP 429 with a time': { status: 429, headers: { 'retry-after': '1' }, body: 'slow down' },
    'HTTP 429 without one': { status: 429, body: 'slow down' },
    ratelimited: refusal('ratelimited'),
    rate_limited: refusal('rate_limited'),
    message_limit_exceeded: refusal('message_limit_exceeded'),
  };
  const troubles = {
    'HTTP 500': { status: 500, body: 'trouble' },
    'HTTP 503': { status: 503, body: 'trouble' },
    'a reset': { reset: true },
    internal_error: refusal('internal_error'),
    fatal_error: refusal('fatal_error'),
    service_unavailable: refusal('service_unavailable'),
    request_timeout: refusal('request_timeout'),
    team_added_to_org: refusal('team_added_to_org'),
    a_code_of_tomorrow: refusal('a_code_of_tomorrow'),
    'a page of a proxy': { status: 200, body: '<!doctype html><title>Sign in</title>' },
    'half an answer': { status: 200, body: '{"ok":true,"channel":"C0' },
    'half a refusal': { status: 200, body: '{"ok":false,"error":"channel_not_fou' },
    'an empty answer': { status: 200, body: '' },
    'an answer without a verdict': { body: { channel: 'C0OPS', ts: '1.1' } },
    'an answer without a place': { body: { ok: true } },
    'an answer that is a list': { status: 200, body: '[]' },
    'an answer that is nothing': { status: 200, body: 'null' },
  };
  const place = aPlace();
  for (const [what, fault] of Object.entries(limits))
    it(`(${what}) makes the channel wait, and loses nothing`, async () => {
      const { slack, deliver } = await place.room();
      slack.fail('chat.postMessage', fault, 2);
      await deliver('One', 'Two');
      assert.deepEqual(place.told(), ['One', 'Two']);
    });
  for (const [what, fault] of Object.entries(troubles)) {
    it(`(${what}) is tried again`, async () => {
      const { slack, deliver } = await place.room();
      slack.fail('chat.postMessage', fault, 2);
      await deliver('One', 'Two');
      assert.deepEqual(place.told(), ['One', 'Two']);
    });
    it(`(${what}) after which a message may be out makes Bellhop look before it tries again`, async () => {
      const { slack, deliver } = await place.room();
      slack.fail('chat.postMessage', { ...fault, afterwards: true });
      await deliver('One', 'Two');
      assert.deepEqual(place.told(), ['One', 'Two']);
    });
  }
});

describe('an error of Slack’s that closes a channel', () => {
  const gone = [
    'channel_not_found',
    'not_in_channel',
    'is_archived',
    'user_not_found',
    'cannot_dm_bot',
    'messages_tab_disabled',
  ];
  const policy = [
    'restricted_action',
    'restricted_action_read_only_channel',
    'restricted_action_thread_only_channel',
    'restricted_action_non_threadable_channel',
    'restricted_action_thread_locked',
    'access_denied',
  ];
  const place = aPlace();
  for (const code of [...gone, ...policy])
    it(`(${code}) ends what goes there, notifies its owner elsewhere, and keeps it for when somebody asks`, async () => {
      const { slack, world, name, deliver } = await place.room();
      const before = slack.calls('chat.postMessage').length;
      slack.fail('chat.postMessage', refusal(code));
      await deliver('One', 'Two');
      assert.equal(slack.calls('chat.postMessage').length, before + 1);
      const noticed = async () =>
        (await world.messages('general')).filter(
          ({ message }) => message.title?.text === `Slack #${name} takes no messages`,
        ).length;
      assert.equal(await noticed(), 1);
      const { text } = await world.type(`/webhook failed ${name}`);
      assert.match(text, /invite|[Uu]narchive|admin|Messages Tab|does not know that person/, 'what to do');
      await world.type(`/webhook failed ${name} retry`);
      await world.settled();
      assert.deepEqual(place.told(), ['One', 'Two']);
    });
});

describe('an error of Slack’s that puts the token in doubt', () => {
  const codes = [
    'invalid_auth',
    'not_authed',
    'token_revoked',
    'token_expired',
    'account_inactive',
    'no_permission',
    'not_allowed_token_type',
    'team_access_not_granted',
    'org_login_required',
    'ekm_access_denied',
  ];
  const place = aPlace();
  for (const code of codes)
    it(`(${code}) ends all sending, shows, and loses nothing`, async () => {
      const { slack, world, send } = await place.room();
      slack.revoke(BOT_TOKEN, code);
      await send('One');
      await eventually(async () => !(await health(world, 'slack')).ready, 'Bellhop notices');
      assert.match((await health(world, 'slack')).detail, /SLACK_BOT_TOKEN|xoxb-/);
      const tried = slack.calls('chat.postMessage').length;
      await send('Two');
      await eventually(async () => (await world.events())[0]?.state === 'queued', 'the second is decided');
      assert.equal(slack.calls('chat.postMessage').length, tried);
      slack.restore(BOT_TOKEN);
      place.hurry();
      await eventually(() => place.told().length === 2, 'all is told');
      place.calm();
      assert.deepEqual(place.told(), ['One', 'Two']);
      await connected(world, 'slack');
    });
});

describe('an error of Slack’s about what a message holds', () => {
  const codes = [
    'invalid_blocks',
    'invalid_blocks_format',
    'msg_blocks_too_long',
    'msg_too_long',
    'too_many_attachments',
    'invalid_attachments',
    'no_text',
    'attachment_payload_limit_exceeded',
    'metadata_too_large',
    'invalid_metadata_format',
    'slack_connect_file_link_sharing_blocked',
    'markdown_text_conflict',
  ];
  for (const code of codes) {
    it(`(${code}) sends its text alone, once, and keeps what Slack said of it in the log`, async () => {
      const { slack, platform, lines } = await aSlackWorld({ mode: 'post' });
      slack.fail('chat.postMessage', refusal(code));
      await platform.post('C0OPS', anAlert, { nonce: 'n1' });
      assert.deepEqual(
        slack.messages('ops').map(({ text, blocks, attachments }) => [text, blocks, attachments]),
        [['octocat pushed to main', undefined, undefined]],
      );
      assert.equal(lines.filter((line) => line.includes(`slack_${code}`)).length, 1);
    });
    it(`(${code}) that comes for the bare text too is final`, async () => {
      const { slack, platform } = await aSlackWorld({ mode: 'post' });
      slack.fail('chat.postMessage', refusal(code), 2);
      const failure = await platform.post('C0OPS', anAlert, { nonce: 'n1' }).catch((thrown) => thrown);
      assert.deepEqual([failure.status, failure.retryAfter], [422, undefined]);
      assert.equal(slack.calls('chat.postMessage').length, 2);
    });
  }
});

describe('an error of Slack’s about a message that is to be edited', () => {
  for (const code of ['message_not_found', 'cant_update_message', 'edit_window_closed', 'block_mismatch'])
    it(`(${code}) says that the message is gone, and leaves it to whoever asked to post another`, async () => {
      const { slack, platform } = await aSlackWorld({ mode: 'post' });
      const ref = await platform.post('C0OPS', anAlert, { nonce: 'n1' });
      slack.fail('chat.update', refusal(code));
      await assert.rejects(platform.edit(ref, anAlert), MessageGone);
      assert.deepEqual([slack.calls('chat.update').length, slack.calls('chat.postMessage').length], [1, 1]);
      assert.deepEqual(await platform.edit(ref, anAlert), ref);
    });

  for (const [what, fault] of Object.entries({
    'a page of a proxy': { status: 200, body: '<html>Sign in</html>' },
    'half an answer': { status: 200, body: '{"ok":false,"error":"message_not_' },
    'an empty answer': { status: 200, body: '' },
    'an answer without a verdict': { body: { channel: 'C0OPS' } },
    a_code_of_tomorrow: refusal('a_code_of_tomorrow'),
  }))
    it(`(${what}) leaves open what came of it, and nothing is posted again`, async () => {
      const { slack, platform } = await aSlackWorld({ mode: 'post' });
      const ref = await platform.post('C0OPS', anAlert, { nonce: 'n1' });
      slack.fail('chat.update', fault);
      const failure = await platform.edit(ref, anAlert).catch((thrown) => thrown);
      assert.deepEqual([failure.status, failure.retryAfter > 0], [503, true]);
      assert.doesNotMatch(failure.message, /[<\n]/);
      assert.deepEqual(await platform.edit(ref, anAlert), ref);
      assert.equal(slack.calls('chat.postMessage').length, 1);
    });
});

describe('an error of Slack’s about a form or an address to answer', () => {
  for (const code of [
    'expired_trigger_id',
    'exchanged_trigger_id',
    'invalid_trigger_id',
    'view_too_large',
    'hash_conflict',
  ])
    it(`(${code}) says in words what the form would have asked`, async () => {
      const { slack } = await aSlackWorld();
      slack.fail('views.open', refusal(code));
      await slack.type('/webhook book');
      await until(() => slack.ephemeral().length);
      assert.match(textOf(slack.ephemeral()[0]), /Type it as .*\/webhook book/);
      assert.equal(slack.calls('views.open').length, 1);
    });
  for (const code of ['expired_url', 'used_url'])
    it(`(${code}) answers in the channel instead`, async () => {
      const { slack } = await aSlackWorld();
      slack.fail('response_url', { status: 404, ...refusal(code) });
      await slack.type('/webhook say hi');
      await until(() => slack.ephemeral().length);
      assert.deepEqual([slack.calls('chat.postEphemeral').length, slack.ephemeral()[0]?.text], [1, 'You said hi.']);
    });
});

/** The whole of Bellhop in Slack, with a channel and an endpoint of its own for each test. */
function aPlace() {
  let slack: Awaited<ReturnType<typeof startSlack>>;
  let world: Awaited<ReturnType<typeof aWorld>>;
  let serial = 0;
  const { clock, hurry, calm } = aClockToHurry();
  before(async () => {
    slack = await startSlack();
    world = await aWorld({ clock, environment: slackEnvironment(slack) });
    await connected(world, 'slack');
  });
  after(async () => {
    await world[Symbol.asyncDispose]();
    await slack.stop();
  });
  const told = () => slack.messages(`room-${serial}`).map((message) => /One|Two/.exec(wordsOf(message))?.[0]);

  return {
    /** What the channel of the latest test was told. */
    told,
    hurry,
    calm,
    async room() {
      const name = `room-${++serial}`;
      slack.workspace.addChannel(name);
      const endpoint = await world.endpoint('github', `in slack:#${name} as ${name}`);
      const send = async (message: string) =>
        assert.equal((await world.deliver(endpoint, aPush({ message }))).status, 202);
      const deliver = async (...messages: readonly string[]) => {
        for (const message of messages) await send(message);
        await world.settled();
      };
      return { slack, world, name, send, deliver };
    },
  };
}
