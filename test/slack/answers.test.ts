import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defineCommand } from '../../src/core/command/command.ts';
import { reply } from '../../src/core/command/reply.ts';
import type { Fault } from '../doubles/slack/faults.ts';
import { aCommand, aSlackWorld, aSlowCommand, textOf, until } from '../doubles/slack/world.ts';

const FAULTS: Readonly<Record<string, Fault>> = {
  'HTTP 500': { status: 500, body: 'trouble' },
  'a reset': { reset: true },
  'a page of a proxy': { status: 200, body: '<html>Sign in</html>' },
  'half an answer': { status: 200, body: '{"ok":tr' },
  'HTTP 403 of a proxy': { status: 403, body: '<html>no</html>' },
};
const HOPELESS: Readonly<Record<string, Fault>> = {
  'a limit for hours': { status: 429, headers: { 'retry-after': '7200' }, body: 'slow down' },
  used_url: { status: 404, body: { ok: false, error: 'used_url' } },
  expired_url: { status: 404, body: 'expired_url' },
  a_code_of_tomorrow: { status: 400, body: { ok: false, error: 'a_code_of_tomorrow' } },
  'no payload of ours': { status: 400, body: { ok: false, error: 'invalid_blocks' } },
};
const ALWAYS = 20;
const PROGRESS_AFTER = 1_000;
/** Tries again at once, and never says that it is working. */
const pause = (milliseconds: number) => (milliseconds === PROGRESS_AFTER ? Number.POSITIVE_INFINITY : 5);

describe('an answer for one person in Slack', () => {
  for (const [what, fault] of Object.entries(FAULTS)) {
    it(`is said again after ${what}`, async () => {
      const { slack } = await aSlackWorld({ pause });
      slack.fail('response_url', fault);
      await slack.type('/webhook say hi');
      await until(() => slack.ephemeral().length);
      assert.equal(slack.ephemeral()[0]?.text, 'You said hi.');
      assert.deepEqual([slack.calls('response_url').length, slack.calls('chat.postEphemeral').length], [2, 0]);
    });
  }

  for (const [what, fault] of Object.entries({ ...FAULTS, ...HOPELESS })) {
    it(`takes another way where its address answers with ${what} for good`, async () => {
      const { slack } = await aSlackWorld({ pause });
      slack.fail('response_url', fault, ALWAYS);
      await slack.type('/webhook say hi');
      await until(() => slack.ephemeral().length);
      assert.equal(slack.ephemeral()[0]?.text, 'You said hi.');
      assert.ok(slack.calls('response_url').length <= 4);
    });

    it(`goes to them directly where the channel takes none either after ${what}, and never to everybody`, async () => {
      const { slack } = await aSlackWorld({ pause });
      slack.workspace.channels.set('U0MEMBER', {
        ...slack.workspace.addChannel('home', { kind: 'im' }),
        id: 'U0MEMBER',
      });
      slack.fail('response_url', fault, ALWAYS);
      slack.fail('chat.postEphemeral', fault, ALWAYS);
      await slack.type('/webhook say hi');
      await until(() => slack.messages('U0MEMBER').length);
      assert.equal(slack.messages('U0MEMBER')[0]?.text, 'You said hi.');
      assert.deepEqual(
        slack.calls('chat.postMessage').map(({ channel }) => channel),
        ['U0MEMBER'],
      );
      assert.deepEqual(slack.messages('ops'), []);
    });
  }

  it('is logged when no way is left, without what it said', async () => {
    const { slack, lines } = await aSlackWorld({ pause });
    for (const method of ['response_url', 'chat.postEphemeral', 'chat.postMessage'])
      slack.fail(method, { status: 500, body: 'trouble' }, ALWAYS);
    await slack.type('/webhook say sesame');
    await until(() => lines.some((line) => line.startsWith('a reply could not be shown')));
    assert.equal(lines.filter((line) => line.includes('sesame')).length, 0);
  });

  it('is not held up by word of its progress that cannot be shown', async () => {
    const { slow, finish } = aSlowCommand();
    const { slack } = await aSlackWorld({ commands: { slow }, pause: 5 });
    slack.fail('response_url', { status: 500, body: 'trouble' });
    await slack.type('/webhook slow');
    await until(() => slack.calls('response_url').length === 1);
    finish();
    await until(() => slack.ephemeral().length);
    assert.deepEqual(
      slack.ephemeral().map(({ text }) => text),
      ['At last.'],
    );
  });
});

describe('another page of an answer in Slack', () => {
  it('takes the place of the one before', async () => {
    const { slack } = await aSlackWorld({ commands: { pages } });
    await slack.type('/webhook pages');
    await until(() => slack.ephemeral().length === 1);
    for (const page of [2, 3]) {
      await slack.click(slack.ephemeral()[0] as never, 'Next');
      await until(() => slack.ephemeral()[0]?.text.includes(`Page ${page}`));
    }
    assert.equal(slack.ephemeral().length, 1);
  });

  it('is asked for once, however often its button is pressed meanwhile', async () => {
    const { slack, heard } = await aSlackWorld({ commands: { pages } });
    await slack.type('/webhook pages');
    await until(() => slack.ephemeral().length === 1);
    const first = { ...slack.ephemeral()[0] } as never;
    await Promise.all([slack.click(first, 'Next'), slack.click(first, 'Next')]);
    await until(() => slack.ephemeral()[0]?.text.includes('Page 2'));
    assert.equal(heard.length, 2);
  });

  it('is shown again where the place of the one before cannot be taken', async () => {
    const { slack } = await aSlackWorld({ commands: { pages }, pause });
    await slack.type('/webhook pages');
    await until(() => slack.ephemeral().length === 1);
    slack.fail('response_url', { status: 500, body: 'trouble' }, ALWAYS);
    await slack.click(slack.ephemeral()[0] as never, 'Next');
    await until(() => slack.ephemeral().length === 2);
    assert.match(slack.ephemeral()[1]?.text ?? '', /Page 2/);
  });

  it('leaves a message of the channel as it is', async () => {
    const { slack, platform } = await aSlackWorld({ commands: { pages } });
    const { message } = await pages.run({ options: { page: 1 }, caller: {} as never }, {} as never);
    await platform.post('C0OPS', message, { nonce: 'n1' });
    await slack.click(slack.messages('ops')[0] as never, 'Next');
    await until(() => slack.ephemeral().length === 1);
    assert.match(slack.messages('ops')[0]?.text ?? '', /Page 1/);
  });
});

describe('the answer to a question in Slack', () => {
  for (const visibleTo of ['caller', 'channel'] as const)
    it(`takes the question away when it is for the ${visibleTo}`, async () => {
      const { slack } = await aSlackWorld({ commands: { ask: aQuestion(visibleTo) } });
      await slack.type('/webhook ask');
      await until(() => slack.ephemeral().length === 1);
      await slack.click(slack.ephemeral()[0] as never, 'Do it');
      const shown = () => (visibleTo === 'caller' ? slack.ephemeral() : slack.messages('ops'));
      await until(() => shown()[0]?.text === 'Done.');
      await until(() => !JSON.stringify(slack.ephemeral()).includes('Do it'));
      assert.deepEqual([slack.ephemeral().length, shown().length], [visibleTo === 'caller' ? 1 : 0, 1]);
    });

  it('says that it is working in the question’s place', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const { slack } = await aSlackWorld({ commands: { ask: aQuestion('channel', promise) }, pause: 5 });
    await slack.type('/webhook ask');
    const question = () => slack.ephemeral().find(({ text }) => text === 'Sure?');
    await until(question);
    const { ts } = { ...question() };
    await slack.click(question() as never, 'Do it');
    const inItsPlace = () => slack.ephemeral().find((message) => message.ts === ts);
    await until(() => inItsPlace()?.text === 'Working on it…');
    assert.doesNotMatch(JSON.stringify(inItsPlace()), /Do it/);
    resolve();
    await until(() => slack.messages('ops').length === 1 && !inItsPlace());
  });

  it('leaves what another command said', async () => {
    const action = { label: 'Say hello', command: 'say', options: { words: 'hello' } };
    const hint = aCommand(async () => reply('Try it.', { actions: [action] }));
    const { slack } = await aSlackWorld({ commands: { hint } });
    await slack.type('/webhook hint');
    await until(() => slack.ephemeral().length === 1);
    await slack.click(slack.ephemeral()[0] as never, 'Say hello');
    await until(() => slack.ephemeral().length === 2);
    assert.match(textOf(slack.ephemeral()[0]), /Try it/);
  });
});

const pages = defineCommand({
  summary: 'Turn pages',
  examples: [],
  permission: 'member',
  options: { page: { type: 'integer', optional: true, description: 'Which' } },
  async run({ options: { page = 1 } }) {
    const next = { label: 'Next', command: 'pages', options: { page: String(page + 1) } };
    return reply(`Page ${page}`, { actions: [next] });
  },
});

function aQuestion(visibleTo: 'caller' | 'channel', done: Promise<void> = Promise.resolve()) {
  return defineCommand({
    summary: 'Ask first',
    examples: [],
    permission: 'member',
    options: { confirm: { type: 'flag', optional: true, description: 'Do not ask' } },
    async run({ options: { confirm } }) {
      if (!confirm)
        return reply('Sure?', { actions: [{ label: 'Do it', command: 'ask', options: { confirm: 'true' } }] });
      await done;
      return reply('Done.', { visibleTo });
    },
  });
}
