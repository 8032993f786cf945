import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { type MessageParts, toMessage } from '../../src/core/message/message.ts';
import { eventually, wordsOf } from '../chats/chat.ts';
import { aSlack, connected, slackEnvironment } from '../chats/places.ts';
import { startSlack } from '../doubles/slack/double.ts';
import { slackPings, validateSlackMessage } from '../doubles/slack/limits.ts';
import { anAlert, aSlackWorld, until } from '../doubles/slack/world.ts';
import { aPush, aWorld } from '../world.ts';

describe('a channel, as it should not be,', () => {
  it('that is unknown is named, with what to do', async (t) => {
    const { ask } = await aPlace(t);
    assert.match(await ask('/webhook new github in #nowhere'), /There is no Slack channel #nowhere.*invite Bellhop/);
  });

  it('that is archived is refused, and one that was archived since gets nothing until it is open again', async (t) => {
    const { slack, world, ask, endpoint } = await aPlace(t);
    assert.match(await ask('/webhook new github in #attic'), /#attic is archived. Unarchive it, or choose another/);
    Object.assign(slack.workspace.channelOf('ops') ?? {}, { archived: true });
    await world.deliver(endpoint, aPush());
    await world.settled();
    Object.assign(slack.workspace.channelOf('ops') ?? {}, { archived: false });
    assert.match(await ask('/webhook failed'), /That channel is archived. Unarchive it/);
  });

  it('that Bellhop was removed from gets what it is owed once Bellhop is back and somebody asks', async (t) => {
    const { slack, world, ask, endpoint } = await aPlace(t);
    Object.assign(slack.workspace.channelOf('ops') ?? {}, { joined: false });
    await world.deliver(endpoint, aPush({ message: 'Oil the hinges' }));
    await world.settled();
    assert.match(await ask('/webhook failed'), /Bellhop is not in that channel\. Invite it with/);
    Object.assign(slack.workspace.channelOf('ops') ?? {}, { joined: true });
    await ask('/webhook failed retry');
    await eventually(() => slack.messages('ops').length === 1, 'it is told');
  });

  it('that is renamed is called by its new name at once, and gets its messages', async (t) => {
    const { slack, world, ask, endpoint } = await aPlace(t);
    await ask('/webhook mute api source=acme/web for 1h');
    await slack.rename('ops', 'operations');
    await eventually(async () => /GitHub → #operations/.test(await ask('/webhook list')), 'the list has it');
    assert.match(await ask('/webhook show api'), /#operations/);
    await ask('/webhook unmute api');
    await world.deliver(endpoint, aPush({ message: 'Oil the hinges' }));
    await eventually(
      () => slack.messages('operations').some((message) => wordsOf(message).includes('Oil the hinges')),
      'it is told',
    );
    assert.match((await world.type('/webhook failed')).text, /Nothing has failed/);
  });

  it('that is private and renamed is called by its new name too', async (t) => {
    const { slack, ask } = await aPlace(t);
    await ask('/webhook new github in #secret as hush');
    await slack.rename('secret', 'secrets');
    await eventually(async () => /GitHub → #secrets/.test(await ask('/webhook list')), 'the list has it');
  });

  it('that was renamed while Bellhop was away is called by its new name after the next start', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'bellhop-'));
    const slack = await startSlack();
    t.after(() => Promise.all([slack.stop(), rm(folder, { recursive: true })]));
    const environment = slackEnvironment(slack);
    const before = await aWorld({ folder, environment });
    await connected(before, 'slack');
    await before.endpoint('github', 'in slack:#ops as api');
    await before.app.stop();
    Object.assign(slack.workspace.channelOf('ops') ?? {}, { name: 'operations' });
    await using world = await aWorld({ folder, environment });
    await eventually(async () => /Slack #operations/.test((await world.type('/webhook list')).text), 'the list has it');
  });
});

describe('a command in Slack, where it is not expected,', () => {
  it('leads an endpoint to the direct message it is typed in', async (t) => {
    const { slack, world, ask } = await aPlace(t);
    const made = await ask('/webhook new github as mine', { channel: 'dm-member' });
    assert.match(made, /mine is ready: GitHub webhooks will be posted in direct message/);
    const [endpoint] = await endpoints(world, 'mine');
    assert.equal(endpoint?.routes[0]?.channel, 'D0DMMEMBER');
    await world.type('/webhook test mine push');
    assert.equal(slack.messages('dm-member').length, 1);
  });

  it('is taken by Slack itself in no thread, where buttons and the shortcut answer in that thread', async () => {
    const { slack, platform, heard } = await aSlackWorld();
    assert.equal((await slack.type('/webhook say hi', { thread: '1.1' })).acknowledged, false);
    const { id } = await platform.post('C0OPS', anAlert, { nonce: 'n1' });
    await platform.post('C0OPS', anAlert, { nonce: 'n2', thread: id });
    const message = slack.messages('ops')[1] as never;
    await slack.click(message, 'Say hello');
    await slack.shortcut('why', { message });
    await until(() => slack.ephemeral().length === 2);
    assert.deepEqual([heard.length, slack.ephemeral().map(({ thread_ts }) => thread_ts)], [2, [id, id]]);
  });

  it('understands the quotes that phones make', async (t) => {
    const { ask } = await aPlace(t);
    assert.match(await ask('/webhook mute api source=acme/web for 2h because “it’s deploy night”'), /muted/);
    assert.match(await ask('/webhook mutes'), /: it’s deploy night/);
  });
});

describe('a payload that should not be', () => {
  it('pings nobody with `<!channel>` in a commit message, and shows it as it is', async (t) => {
    const { toldIn, world, endpoint } = await aPlace(t);
    await world.deliver(endpoint, aPush({ message: '<!channel> @here <@U0ADMIN> <https://evil.example|acme.com>' }));
    const [message] = await toldIn('ops');
    assert.deepEqual(slackPings(message), []);
    assert.match(wordsOf(message), /<!channel> @here <@U0ADMIN>/);
  });

  it('makes one message of 60 blocks, within what Slack takes, with the last of them', async () => {
    const body = Array.from({ length: 60 }, (_, n) => `---\n\n## Part ${n}\n\n| a |\n|---|\n| ${n} |`).join('\n\n');
    const fields = Array.from({ length: 60 }, (_, n) => ({ name: `Field ${n}`, value: `*${n}* \`code\`\n\nmore` }));
    const { posted } = await post({ title: { text: 'Too much' }, body, fields });
    assert.match(wordsOf(posted), /Part 59\n[\s\S]*Field 59\b|… [\d,]+ more/);
  });

  it('makes one message of a field of 5,000 characters, which says so and offers the rest', async () => {
    const more = { label: 'Show all', command: 'say', options: { words: 'all' } };
    const { posted } = await post({
      title: { text: 'Alert' },
      fields: [{ name: 'Log', value: '&'.repeat(5_000) }],
      more,
    });
    assert.match(wordsOf(posted), /&amp;…\n[\s\S]*… shortened\n[\s\S]*Show all/);
  });

  it('makes one message of 5,000 characters that somebody delivers, with all of them behind a button', async (t) => {
    const { slack, world, toldIn } = await aPlace(t);
    const generic = await world.endpoint('generic', 'in slack:#deploys');
    const payload = { title: 'Backup failed', output: 'x & y '.repeat(833) };
    assert.equal((await world.deliver(generic, { payload })).status, 202);
    const [message] = await toldIn('deploys');
    assert.deepEqual([slack.calls('chat.postMessage').length, validateSlackMessage(message)], [1, []]);
    await slack.click(message as never, 'Show payload');
    await eventually(() => slack.ephemeral().some((answer) => wordsOf(answer).includes('x & y x & y')), 'it is shown');
  });
});

describe('a form in Slack', () => {
  it('is not sent by Slack while a needed field is empty, and asks again for one that holds but spaces', async (t) => {
    const { slack, ask, form } = await aPlace(t);
    await ask('/webhook new github in #ops as mine');
    const modal = await form('/webhook rename');
    await assert.rejects(slack.submit(modal, { Endpoint: 'mine' }), /The field `New name` is needed/);
    const outcome = await slack.submit(modal, { Endpoint: 'mine', 'New name': '   ' });
    assert.match(JSON.stringify(outcome), /"response_action":"errors","errors":\{"to":/);
  });

  it('says beside its field what is too long or cannot be', async (t) => {
    const { slack, form } = await aPlace(t);
    const modal = await form('/webhook new github ask');
    const outcome = await slack.submit(modal, { Name: 'n'.repeat(300) });
    assert.match(JSON.stringify(outcome), /"response_action":"errors","errors":\{"as":"[^"]*names are 1 to 40 letters/);
    assert.match(JSON.stringify(await slack.submit(modal, { Name: 'api' })), /"as":"[^"]*already/);
    assert.equal((await slack.submit(modal, { Name: 'front' })).acknowledged, true);
  });
});

describe('a click in Slack', () => {
  it('on a button of a deleted endpoint says that it is gone', async (t) => {
    const { slack, world, ask, endpoint } = await aPlace(t);
    await world.deliver(endpoint, aPush());
    await eventually(() => slack.messages('ops').length === 1, 'it is told');
    await world.type('/webhook delete api confirm=yes');
    const said = await ask(() => slack.click(slack.messages('ops')[0] as never, 'Mute acme/api for 1 h'));
    assert.match(said, /no endpoint/i);
  });

  it('by somebody who may not changes nothing and says who may', async (t) => {
    const { slack, world, ask, endpoint } = await aPlace(t);
    await world.deliver(endpoint, aPush());
    await eventually(() => slack.messages('ops').length === 1, 'it is told');
    const message = slack.messages('ops')[0] as never;
    const said = await ask(() => slack.click(message, 'Mute acme/api for 1 h', { user: 'guest' }), { user: 'guest' });
    assert.match(said, /Guests and people from outside/);
    assert.match(await ask('/webhook delete api', { user: 'foreigner' }), /Guests and people from outside/);
    await ask('/webhook new github in #deploys as theirs', { user: 'owner' });
    assert.match(await ask('/webhook rename theirs mine'), /Only an owner of theirs or an admin/);
    assert.match((await world.type('/webhook mutes')).text, /Nothing is muted/);
  });
});

type Whereabouts = { readonly user?: string; readonly channel?: string };

/** The whole of Bellhop in Slack, with an endpoint `api` that leads to `#ops`. */
async function aPlace(t: TestContext) {
  const { slack, world, close } = await aSlack('sockets');
  t.after(close);
  const endpoint = await world.endpoint('github', 'in slack:#ops as api');

  /** Does something, and gives back the words that answer it. */
  async function ask(deed: string | (() => Promise<unknown>), at: Whereabouts = {}): Promise<string> {
    const [before, channel] = [slack.ephemeral(at.user).length, at.channel ?? 'C0OPS'];
    const open = slack.messages(channel).length;
    await (typeof deed === 'string' ? slack.type(deed, { ...at, channel }) : deed());
    await eventually(
      () => slack.ephemeral(at.user).length > before || slack.messages(channel).length > open,
      `an answer to ${deed}`,
    );
    return wordsOf(
      slack
        .ephemeral(at.user)
        .slice(before)
        .concat(slack.messages(channel).slice(open) as never),
    );
  }

  async function toldIn(channel: string) {
    await eventually(() => slack.messages(channel).length > 0, `a message in ${channel}`);
    return slack.messages(channel);
  }

  async function form(line: string) {
    await slack.type(line);
    return eventually(() => slack.modal(), `a form for ${line}`);
  }
  return { slack, world, endpoint, ask, form, toldIn };
}

async function endpoints(world: Awaited<ReturnType<typeof aPlace>>['world'], name: string) {
  const { json } = await world.call<{ endpoints: { name: string; routes: { channel: string }[] }[] }>(
    '/api/v1/endpoints',
  );
  return json.endpoints.filter((endpoint) => endpoint.name === name);
}

/** Posts a message, which Slack must take as it is. */
async function post(parts: Partial<MessageParts>) {
  const { slack, platform } = await aSlackWorld({ mode: 'post' });
  await platform.post('C0OPS', toMessage(parts), { nonce: 'n1' });
  const [posted] = slack.messages('ops');
  assert.deepEqual([slack.calls('chat.postMessage').length, validateSlackMessage(posted)], [1, []]);
  return { posted };
}
