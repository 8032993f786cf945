import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aSlackWorld } from '../doubles/slack/world.ts';

describe('who sees a channel in Slack', () => {
  const cases = [
    ['member', 'C0OPS', true, 'a public channel'],
    ['member', 'C0ELSEWHERE', true, 'a public channel that nobody of us is in'],
    ['member', 'C0SECRET', true, 'a private channel they are in'],
    ['outsider', 'C0SECRET', false, 'a private channel they are not in'],
    ['admin', 'C0CABAL', false, 'a private channel they are not in, admin or not'],
    ['guest', 'C0OPS', false, 'a public channel, when they are a guest'],
    ['guest', 'C0GUESTS', true, 'a channel they are in, when they are a guest'],
    ['foreigner', 'C0OPS', false, 'a public channel, when they are of another company'],
    ['foreigner', 'C0GUESTS', true, 'a channel they are in, when they are of another company'],
    ['member', 'D0DMMEMBER', true, 'their own direct message'],
    ['admin', 'D0DMMEMBER', false, 'the direct message of somebody else'],
    ['member', 'G0GROUP', true, 'a group message they are in'],
    ['member', 'U0MEMBER', true, 'what goes to them by their own id'],
    ['admin', 'U0MEMBER', false, 'what goes to somebody else by their id'],
  ] as const;
  for (const [name, channel, seen, what] of cases)
    it(`is${seen ? '' : ' not'} ${name}: ${what}`, async () => {
      const { platform } = await aPlace();
      assert.equal(await platform.sees(`U0${name.toUpperCase()}`, channel), seen);
    });

  for (const [channel, open] of [
    ['C0OPS', true],
    ['C0ELSEWHERE', true],
    ['C0SECRET', false],
    ['D0DMMEMBER', false],
    ['G0GROUP', false],
    ['U0MEMBER', false],
  ] as const)
    it(`is ${open ? 'everybody' : 'not everybody'} for ${channel}`, async () => {
      const { platform } = await aPlace();
      assert.equal(await platform.open(channel), open);
    });

  it('is found on the last page of many members', async () => {
    const { slack, platform } = await aPlace();
    const crowd = Array.from({ length: 2_500 }, (_, index) => `U0CROWD${index}`);
    slack.workspace.addUser('late');
    slack.workspace.addChannel('crowd', { kind: 'private', members: [...crowd, 'U0LATE'] });
    assert.equal(await platform.sees('U0LATE', 'C0CROWD'), true);
    assert.equal(await platform.sees('U0ADMIN', 'C0CROWD'), false);
    assert.equal(slack.calls('conversations.members').length, 3);
  });

  it('is asked again after a minute, so that who was put out reads on for no longer', async () => {
    const { slack, platform, pass } = await aPlace();
    assert.equal(await platform.sees('U0MEMBER', 'C0SECRET'), true);
    Object.assign(slack.workspace.channelOf('secret') ?? {}, { members: [] });
    pass(30_000);
    assert.equal(await platform.sees('U0MEMBER', 'C0SECRET'), true);
    pass(31_000);
    assert.equal(await platform.sees('U0MEMBER', 'C0SECRET'), false);
  });
});

describe('who sees a channel in Slack cannot be known', () => {
  for (const [method, fault] of [
    ['conversations.info', { status: 500, body: 'trouble' }],
    ['conversations.info', { status: 200, body: '<html></html>' }],
    ['conversations.info', { body: { ok: true } }],
    ['conversations.info', { body: { ok: false, error: 'channel_not_found' } }],
    ['conversations.members', { status: 429, body: 'slow down' }],
    ['conversations.members', { body: { ok: true } }],
    ['users.info', { reset: true }],
    ['users.info', { body: { ok: true } }],
  ] as const)
    it(`while ${method} is answered with ${JSON.stringify(fault)}, and is once it is not`, async () => {
      const { slack, platform } = await aPlace();
      slack.fail(method, fault);
      await assert.rejects(platform.sees('U0MEMBER', 'C0SECRET'), { name: /AppError|SlackRefusal/ });
      assert.equal(await platform.sees('U0MEMBER', 'C0SECRET'), true);
    });

  it('without the scope for it, which is named', async () => {
    const { slack, platform } = await aPlace();
    slack.scopes.delete('groups:read');
    await assert.rejects(platform.open('C0SECRET'), /`groups:read`/);
    await assert.rejects(platform.sees('U0MEMBER', 'C0SECRET'), /`groups:read`/);
  });

  it('for a private channel that Bellhop was not invited to', async () => {
    const { platform } = await aPlace();
    await assert.rejects(platform.open('C0HIDDEN'), { code: 'slack_channel_not_found' });
  });

  it('before Slack is connected', async () => {
    const { platform } = await aPlace();
    await platform.stop();
    await assert.rejects(platform.sees('U0MEMBER', 'C0OPS'), { code: 'slack_not_started' });
    await assert.rejects(platform.open('C0OPS'), { code: 'slack_not_started' });
  });
});

async function aPlace() {
  const time = { ahead: 0 };
  const world = await aSlackWorld({ mode: 'post', now: () => Date.now() + time.ahead });
  const { workspace } = world.slack;
  workspace.addUser('outsider');
  workspace.addChannel('cabal', { kind: 'private', members: ['U0MEMBER'] });
  workspace.addChannel('guests', { members: ['U0GUEST', 'U0FOREIGNER'] });
  workspace.channels.set('G0GROUP', { ...workspace.addChannel('group', { kind: 'mpim' }), id: 'G0GROUP' });
  return {
    ...world,
    pass(milliseconds: number) {
      time.ahead += milliseconds;
    },
  };
}
