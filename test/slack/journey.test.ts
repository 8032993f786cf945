import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { systemClock } from '../../src/app/system-clock.ts';
import { createSlackPlatform } from '../../src/platforms/slack/create-slack-platform.ts';
import { parseMarkdown } from '../../src/render/markdown/markdown.ts';
import { APP_TOKEN, BOT_TOKEN, startSlack } from '../doubles/slack/double.ts';
import { until } from '../doubles/slack/world.ts';
import { aPush, aWorld } from '../world.ts';

describe('a working day in Slack', () => {
  it('goes from a new endpoint over mutes and digests to its end', async () => {
    await using day = await aDay();
    const { slack, world, ask, press } = day;

    const made = await ask('/webhook new github in #ops as api');
    assert.match(made, /api/);
    const endpoint = day.endpointIn(made);
    await world.deliver(endpoint, aPush({ message: 'One' }));
    await until(() => slack.messages('ops').length === 1);
    assert.match(JSON.stringify(slack.messages('ops')[0]), /octocat/);
    const { json } = await world.call<{ event: { posts: { link: string }[] } }>('/api/v1/events/1');
    const name = slack.messages('ops')[0]?.ts.replace('.', '');
    assert.match(json.event.posts[0]?.link ?? '', new RegExp(`^https://.+/archives/C0OPS/p${name}$`));

    await slack.click(slack.messages('ops')[0] as never, 'Mute acme/api for 1 h');
    await until(() => slack.messages('ops').length === 2);
    await world.deliver(endpoint, aPush({ message: 'Two' }));
    await world.settled();
    assert.equal(slack.messages('ops').length, 2);

    await press(slack.messages('ops')[1], 'Unmute');
    await until(() =>
      slack.messages('ops').some((message) => /Mute ended: 1 event held/.test(JSON.stringify(message))),
    );

    assert.match(await ask('/webhook history api'), /octocat/);
    const why = await ask('/webhook why api');
    assert.match(why, /verified/);
    const [told, answered] = [slack.messages('ops').length, slack.answers().length];
    await press(slack.answers().at(-1), 'Replay');
    await until(() => slack.messages('ops').length > told && slack.answers().length > answered);

    await ask('/webhook delete api');
    await press(slack.answers().at(-1), /delete/i);
    await until(() =>
      /no endpoint|deleted/i.test(
        JSON.stringify(slack.answers().at(-1)) + JSON.stringify(slack.messages('ops').at(-1)),
      ),
    );
    assert.match(await ask('/webhook list'), /There is no endpoint yet/);
  });

  it('posts every event once, whatever happens to Slack’s answers', async () => {
    await using day = await aDay();
    const { slack, world } = day;
    const endpoint = day.endpointIn(await day.ask('/webhook new github in #ops as api'));
    slack.fail('chat.postMessage', { reset: true, afterwards: true });
    slack.fail('chat.postMessage', {
      status: 429,
      headers: { 'retry-after': '1' },
      body: { ok: false, error: 'ratelimited' },
    });
    slack.fail('chat.postMessage', { status: 503, body: 'trouble' });
    for (const id of ['1', '2', '3', '4']) await world.deliver(endpoint, aPush({ message: `Change ${id}`, id }));
    await until(() => slack.messages('ops').length === 4);
    await world.settled();
    const told = slack.messages('ops').map((message) => /Change (\d)/.exec(JSON.stringify(message))?.[1]);
    assert.deepEqual(told, ['1', '2', '3', '4']);
  });

  it('says why from a message’s menu and from its shortcut', async () => {
    await using day = await aDay();
    const { slack } = day;
    await day.world.deliver(day.endpointIn(await day.ask('/webhook new github in #ops as api')), aPush());
    await until(() => slack.messages('ops').length === 1);
    await slack.click(slack.messages('ops')[0] as never, 'Why did I see this?');
    await slack.shortcut('why', { message: slack.messages('ops')[0] as never });
    await until(() => slack.answers().length === 3);
    for (const answer of slack.answers().slice(1)) assert.match(JSON.stringify(answer), /verified by/);
  });

  it('asks for everything in a modal when only the command’s name is typed', async () => {
    await using day = await aDay();
    const { slack } = day;
    await slack.type('/webhook new');
    await until(() => slack.modal());
    const labels = ((slack.modal()?.content.blocks ?? []) as { label: { text: string } }[]).map(
      ({ label }) => label.text,
    );
    assert.equal(labels[0], 'Provider');
    await slack.submit(slack.modal() as never, { Provider: 'github' });
    await until(() => JSON.stringify(slack.modal()).includes('New GitHub endpoint'));
    await slack.submit(slack.modal() as never, {});
    await until(() => slack.answers().length);
    assert.match(JSON.stringify(slack.answers()[0]), /\/in\//);
  });

  it('asks in a modal for whatever command is called without what it needs', async () => {
    await using day = await aDay();
    const { slack, world } = day;
    for (const [name, { options }] of world.app.run.commands) {
      const needed = Object.values(options).some(
        ({ optional, type }) => !optional && type !== 'flag' && type !== 'pairs',
      );
      if (!needed) continue;
      const before = slack.modal()?.id;
      await slack.type(`/webhook ${name}`);
      await until(() => slack.modal()?.id !== before);
      assert.deepEqual(slack.answers(), [], name);
    }
  });

  it('offers every command to a guest and lets him use none', async () => {
    await using day = await aDay();
    for (const line of ['/webhook list', '/webhook new github', '/webhook history', '/webhook help']) {
      assert.match(await day.ask(line, 'guest'), /Guests and people from outside/);
    }
  });

  it('shows an endpoint’s owner what there is on the Home tab', async () => {
    await using day = await aDay();
    await day.ask('/webhook new github in #ops as api');
    await day.ask('/webhook new github in #deploys as theirs', 'owner');
    await day.slack.type('/webhook mute theirs confirm for 1h', { user: 'owner' });
    await until(() => day.slack.messages('ops').length);
    await day.slack.openHome('member');
    await until(() => day.slack.home('member'));
    const home = JSON.stringify(day.slack.home('member')?.content);
    assert.match(home, /1 endpoint of yours.*Nothing of yours is muted.*Nothing of yours has failed/);
    assert.doesNotMatch(home, /theirs/);
  });
});

async function aDay() {
  const slack = await startSlack();
  const quiet = () => undefined;
  const platform = createSlackPlatform({
    botToken: BOT_TOKEN,
    appToken: APP_TOKEN,
    apiUrl: slack.apiUrl,
    parseMarkdown,
    clock: systemClock,
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
  });
  const world = await aWorld({ platforms: [platform] });
  await until(() => slack.connections() === 2);

  /** Types a command and gives back everything its answer holds. */
  const ask = async (line: string, user = 'member') => {
    const before = slack.answers(user).length;
    await slack.type(line, { user });
    await until(() => slack.answers(user).length > before);
    return JSON.stringify(slack.answers(user).at(-1));
  };
  const press = async (message: unknown, label: string | RegExp) => {
    const labels = [...JSON.stringify(message).matchAll(/"text":\{"type":"plain_text","text":"([^"]+)"/g)].map(
      ([, found]) => found ?? '',
    );
    const found = labels.find((candidate) =>
      typeof label === 'string' ? candidate === label || candidate.startsWith(label) : label.test(candidate),
    );
    if (!found) throw new Error(`no ${label} among ${labels.join(', ')}`);
    await slack.click(message as never, found);
  };
  const endpointIn = (answer: string) => ({
    name: 'api',
    provider: 'github',
    id: '',
    url: /http:[^"\\\s]+\/in\/[\w-]+/.exec(answer)?.[0] ?? '',
    secret: /\b[0-9a-f]{64}\b/.exec(answer)?.[0] ?? '',
  });

  return {
    slack,
    world,
    ask,
    press,
    endpointIn,
    async [Symbol.asyncDispose]() {
      await world[Symbol.asyncDispose]();
      await slack.stop();
    },
  };
}
