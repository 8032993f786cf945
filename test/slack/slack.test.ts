import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aModal, anAlert, aSlackWorld, aSlowCommand, textOf, until } from '../doubles/slack/world.ts';

for (const mode of ['socket', 'http'] as const) {
  describe(`a command typed in Slack, over ${mode}`, () => {
    it('is answered to the caller alone', async () => {
      const { slack } = await aSlackWorld({ mode });
      const outcome = await slack.type('/webhook say hello there');
      assert.equal(outcome.acknowledged, true);
      await until(() => slack.ephemeral().length);
      assert.equal(slack.ephemeral()[0]?.text, 'You said hello there.');
      assert.equal(slack.messages('ops').length, 0);
    });

    it('is answered to the whole channel where the reply says so', async () => {
      const { slack } = await aSlackWorld({ mode });
      await slack.type('/webhook shout', { channel: 'elsewhere' });
      await until(() => slack.messages('elsewhere').length);
      assert.equal(slack.messages('elsewhere')[0]?.text, 'Hear ye, in elsewhere!');
    });

    it('asks in a modal for what is missing, and runs with what was filled in', async () => {
      const { slack } = await aSlackWorld({ mode });
      const modal = await aModal(slack, '/webhook book single quiet');
      await slack.submit(modal, { Guest: 'Ann' });
      await until(() => slack.ephemeral().length);
      assert.match(textOf(slack.ephemeral()[0]), /"room":"single","guest":"Ann","in":"<#C0OPS>","quiet":true/);
      assert.equal(slack.modal(), undefined);
    });

    it('shows a mistake beside its field', async () => {
      const { slack } = await aSlackWorld({ mode });
      const outcome = await slack.submit(await aModal(slack, '/webhook book'), { Room: 'double', Guest: 'nobody' });
      assert.deepEqual(outcome.acknowledged && outcome.payload, {
        response_action: 'errors',
        errors: { guest: 'Nobody cannot sleep here.' },
      });
    });

    it('runs from a button, a menu and a shortcut like from the keyboard', async () => {
      const { slack, platform } = await aSlackWorld({ mode });
      await platform.post('C0OPS', anAlert, { nonce: 'n1' });
      const message = slack.messages('ops')[0] as never;
      await slack.click(message, 'Say hello');
      await slack.click(message, 'Mute');
      await slack.shortcut('why', { message });
      await until(() => slack.ephemeral().length === 3);
      const texts = slack.ephemeral().map(({ text }) => text);
      assert.deepEqual(texts.toSorted(), ['Because of 42.', 'You said hello.', 'You said mute.']);
    });

    it('fills the Home tab with what there is for this person', async () => {
      const { slack } = await aSlackWorld({ mode });
      await slack.openHome('member');
      await until(() => slack.home('member'));
      const shown = JSON.stringify(slack.home('member')?.content);
      for (const words of ['New endpoint', 'api-alerts', 'Nothing is muted.', 'Nothing has failed.'])
        assert.ok(shown.includes(words), words);
    });
  });
}

describe('a command in Slack', () => {
  it('arrives as it was typed, with channels by id', async () => {
    const { slack, heard } = await aSlackWorld();
    await slack.type('/webhook say "a < b & c" https://example.com/?a=1&b=2 in #ops');
    await until(() => heard.length);
    assert.deepEqual(heard[0]?.invocation, { text: 'say "a < b & c" https://example.com/?a=1&b=2 in <#C0OPS|ops>' });
  });

  it('says who called, from where', async () => {
    const { slack, heard } = await aSlackWorld();
    await slack.type('/webhook say hi', { user: 'admin', channel: 'secret' });
    await until(() => heard.length);
    assert.deepEqual(heard[0]?.caller, {
      platform: 'slack',
      channel: 'C0SECRET',
      channelName: 'secret',
      user: 'U0ADMIN',
      userName: 'admin',
      role: 'admin',
      timeZone: 'Europe/Vienna',
    });
  });

  it('works in a direct message', async () => {
    const { slack, heard } = await aSlackWorld();
    await slack.type('/webhook say hi', { channel: 'dm-member' });
    await until(() => slack.ephemeral().length);
    assert.equal(heard[0]?.caller.channelName, 'direct message');
  });

  for (const [user, role] of [
    ['member', 'member'],
    ['admin', 'admin'],
    ['owner', 'admin'],
    ['guest', 'outsider'],
    ['stranger', 'outsider'],
    ['foreigner', 'outsider'],
  ] as const) {
    it(`knows a ${user} as ${role}`, async () => {
      const { slack, heard } = await aSlackWorld();
      await slack.type('/webhook say hi', { user });
      await until(() => heard.length);
      assert.equal(heard[0]?.caller.role, role);
    });
  }

  it('is refused when Slack cannot say who called', async () => {
    const { slack, heard } = await aSlackWorld();
    slack.fail('users.info', { status: 500, body: 'trouble' });
    await slack.type('/webhook say hi');
    await until(() => slack.ephemeral().length);
    assert.equal(heard.length, 0);
    assert.match(textOf(slack.ephemeral()[0]), /HTTP status 500/);
  });

  it('is put off while the workspace is unknown', async () => {
    const { slack, heard } = await aSlackWorld({
      prepare: (slack) => slack.fail('auth.test', { status: 500, body: 'trouble' }),
    });
    await slack.type('/webhook say hi');
    await until(() => slack.ephemeral().length);
    assert.deepEqual([heard.length, /HTTP status 500/.test(textOf(slack.ephemeral()[0]))], [0, true]);
  });

  it('is checked again when a button is clicked', async () => {
    const { slack, platform } = await aSlackWorld();
    await platform.post('C0OPS', anAlert, { nonce: 'n1' });
    await slack.click(slack.messages('ops')[0] as never, 'Say hello', { user: 'guest' });
    await until(() => slack.ephemeral('guest').length);
    assert.match(textOf(slack.ephemeral('guest')[0]), /Guests and people from outside/);
  });

  it('says that it is working when it takes longer than a second', async () => {
    const { slow, finish } = aSlowCommand();
    const { slack } = await aSlackWorld({ commands: { slow }, pause: 5 });
    await slack.type('/webhook slow');
    await until(() => slack.ephemeral().length === 1);
    finish();
    await until(() => slack.ephemeral().length === 2);
    assert.deepEqual(
      slack.ephemeral().map(({ text }) => text),
      ['Working on it…', 'At last.'],
    );
  });

  it('shows nobody what went wrong inside', async () => {
    const { slack } = await aSlackWorld();
    await slack.type('/webhook boom');
    await until(() => slack.ephemeral().length);
    assert.equal(slack.ephemeral()[0]?.text, 'Something went wrong on our side.');
  });

  it('is answered in the channel once its response address is used up', async () => {
    const { slack } = await aSlackWorld();
    slack.fail('response_url', { status: 404, body: { ok: false, error: 'used_url' } });
    await slack.type('/webhook say hi');
    await until(() => slack.ephemeral().length);
    assert.equal(slack.calls('chat.postEphemeral').length, 1);
  });

  it('is answered once Slack lets it, when it limits answers', async () => {
    const { slack } = await aSlackWorld({ pause: 5 });
    slack.fail('response_url', { status: 429, headers: { 'retry-after': '7' }, body: 'ratelimited' }, 2);
    await slack.type('/webhook say hi');
    await until(() => slack.ephemeral().some(({ text }) => text === 'You said hi.'));
    assert.equal(slack.calls('chat.postEphemeral').length, 0);
  });

  it('is answered in a direct message where neither address nor channel takes an answer', async () => {
    const { slack } = await aSlackWorld();
    slack.workspace.channels.set('U0MEMBER', { ...slack.workspace.addChannel('home', { kind: 'im' }), id: 'U0MEMBER' });
    slack.fail('response_url', { status: 404, body: { ok: false, error: 'expired_url' } });
    await slack.type('/webhook say hi', { channel: 'elsewhere' });
    await until(() => slack.messages('U0MEMBER').length);
  });

  it('does nothing for a button that only opens a page', async () => {
    const { slack, platform, heard } = await aSlackWorld();
    await platform.post('C0OPS', anAlert, { nonce: 'n1' });
    const outcome = await slack.click(slack.messages('ops')[0] as never, 'Open');
    assert.deepEqual([outcome.acknowledged, heard.length], [true, 0]);
  });

  it('asks before a dangerous button runs', async () => {
    const { slack, platform } = await aSlackWorld();
    await platform.post('C0OPS', anAlert, { nonce: 'n1' });
    const outcome = await slack.click(slack.messages('ops')[0] as never, 'Delete', { decline: true });
    assert.deepEqual(outcome, { acknowledged: false, reason: 'declined' });
  });
});

describe('the shortcut of a message in Slack', () => {
  it('asks about what the message says when it is none of ours', async () => {
    const { slack, heard } = await aSlackWorld();
    slack.workspace.messages.push({
      ts: '1.1',
      channel: 'C0OPS',
      user: 'U0ADMIN',
      text: 'deploy "api"\nfailed &amp; burned',
    });
    await slack.shortcut('why', { message: slack.messages('ops')[0] as never });
    await until(() => heard.length);
    assert.deepEqual(heard[0]?.invocation, { text: 'why "deploy  api  failed & burned"' });
  });
});
