import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { reply } from '../../src/core/command/reply.ts';
import { wordsOf } from '../chats/chat.ts';
import { aCommandWorld } from '../doubles/command-world.ts';
import type { Discord } from '../doubles/discord/double.ts';
import type { Message } from '../doubles/discord/messages.ts';
import type { Fault } from '../doubles/discord/rest/rest.ts';
import { aDiscordWorld, anEventMessage, aRunner, someCommands, until } from '../doubles/discord/world.ts';

const SECRET = 'the secret is 1234';

/** How Discord may take an answer without showing it. */
const TROUBLES: Readonly<Record<string, Fault>> = {
  'fails with 500': { status: 500 },
  'cuts the connection': { reset: 'before' },
  'was not heard': { reset: 'after' },
  'sends a page of a proxy': { status: 200, body: '<html>' },
  'sends half a document': { garbled: '{"id": "1' },
  'says something never heard of': { status: 403, body: { message: 'x', code: 999_999 } },
};

describe('an answer for one person on Discord', { timeout: 120_000 }, () => {
  for (const [what, fault] of Object.entries(TROUBLES)) {
    it(`is given again when Discord ${what}`, async (t) => {
      const { discord } = await aDiscordWorld(t, { run: aRunner(() => reply(SECRET)) });
      discord.fail({ method: 'PATCH', path: /original/, ...fault });
      await discord.type('/webhook secret');
      await until(() => discord.ephemeral('ops').some(says(SECRET)));
      assert.deepEqual(discord.messages('ops'), []);
      assert.deepEqual(discord.directMessages(discord.people.member), []);
    });

    it(`goes another way when Discord ${what} again and again`, async (t) => {
      const { discord } = await aDiscordWorld(t, { run: aRunner(() => reply(SECRET)) });
      discord.fail({ method: 'PATCH', path: /original/, times: 20, ...fault });
      if (fault.reset !== 'after') discord.fail({ method: 'POST', path: /webhooks/, times: 20, ...fault });
      await discord.type('/webhook secret');
      await until(() => [...discord.ephemeral('ops'), ...directly(discord)].some(says(SECRET)));
      assert.deepEqual(discord.messages('ops'), []);
    });
  }

  it('is given though the first sign of it was taken without an answer', async (t) => {
    const run = aRunner(() => reply(SECRET));
    const { discord } = await aDiscordWorld(t, { run });
    discord.fail({ method: 'POST', path: /callback$/, reset: 'after' });
    await discord.type('/webhook secret');
    await until(() => discord.ephemeral('ops').some(says(SECRET)));
    assert.equal(run.ran.length, 1);
  });

  for (const [what, code, status] of [
    ['fifteen minutes are over', 50027, 401],
    ['the interaction is unknown', 10062, 404],
    ['its webhook is gone', 10015, 404],
  ] as const)
    it(`reaches them alone when Discord says that ${what}`, async (t) => {
      const { discord } = await aDiscordWorld(t, { run: aRunner(() => reply(SECRET)) });
      discord.fail({ method: 'PATCH', path: /original/, times: 20, status, body: { message: 'over', code } });
      await discord.type('/webhook mute', { endpoint: 'typed-by-mia', for: '2h' });
      await until(() => directly(discord).some(says(SECRET)));
      assert.deepEqual(discord.messages('ops'), []);
      assert.doesNotMatch(JSON.stringify(directly(discord)), /typed-by-mia/);
    });

  it('is lost rather than shown to others, where they take no direct messages', async (t) => {
    const { discord, lines } = await aDiscordWorld(t, { run: aRunner(() => reply(SECRET)) });
    discord.realm.shy.add(discord.people.member.id);
    const body = { message: 'over', code: 50027 };
    discord.fail({ method: 'PATCH', path: /original/, times: 20, status: 401, body });
    await discord.type('/webhook mute', { endpoint: 'typed-by-mia', for: '2h' });
    await until(() => lines.some(({ message }) => message === 'an interaction could not be answered'));
    assert.deepEqual(discord.messages('ops'), []);
    assert.ok(!JSON.stringify(lines).includes('typed-by-mia'));
  });
});

describe('an answer for a channel on Discord', { timeout: 120_000 }, () => {
  it('reaches the channel when fifteen minutes are over', async (t) => {
    const { discord } = await aDiscordWorld(t, { run: aRunner(() => reply('muted', { visibleTo: 'channel' })) });
    discord.fail({ method: 'DELETE', path: /original/, status: 401, body: { message: 'over', code: 50027 } });
    await discord.type('/webhook secret');
    await until(() => discord.messages('ops').some(says('muted')));
  });

  for (const [what, fault] of Object.entries(TROUBLES))
    it(`reaches at least whoever asked, and nobody twice, when Discord ${what}`, async (t) => {
      const { discord } = await aDiscordWorld(t, { run: aRunner(() => reply('muted', { visibleTo: 'channel' })) });
      discord.fail({ method: 'POST', path: /webhooks/, ...fault });
      await discord.type('/webhook secret');
      await until(() => [...discord.ephemeral('ops'), ...directly(discord)].some(says('muted')));
      assert.ok(discord.messages('ops').length <= 1);
    });
});

describe('a page that one person sees on Discord', { timeout: 120_000 }, () => {
  it('is turned in its place', async (t) => {
    const { discord } = await aDiscordWorld(t, { run: pages() });
    const first = await discord.answer(await discord.type('/webhook secret'));
    const second = await discord.answer(await discord.click(first, 'Next'));
    assert.match(wordsOf(second.embeds), /page 2/);
    assert.equal(second.id, first.id);
    const third = await discord.answer(await discord.click(second, 'Next'));
    assert.deepEqual([third.id, discord.ephemeral('ops').length], [first.id, 1]);
    assert.match(wordsOf(third.embeds), /page 3/);
  });

  it('stays when another command is asked from it', async (t) => {
    const { discord } = await aDiscordWorld(t, { run: pages() });
    const first = await discord.answer(await discord.type('/webhook secret'));
    const other = await discord.answer(await discord.click(first, 'Why'));
    assert.notEqual(other.id, first.id);
    assert.equal(discord.ephemeral('ops').length, 2);
    assert.match(wordsOf(discord.ephemeral('ops')[0]?.embeds), /page 1/);
  });

  it('is turned after a restart too', async (t) => {
    const { discord, platform } = await aDiscordWorld(t, { run: pages() });
    const first = await discord.answer(await discord.type('/webhook secret'));
    await platform.stop();
    await platform.start(pages());
    assert.equal((await discord.answer(await discord.click(first, 'Next'))).id, first.id);
  });
});

describe('a question on Discord', { timeout: 120_000 }, () => {
  const ask = (visibleTo: 'caller' | 'channel') =>
    aRunner(({ options }) =>
      options.confirm
        ? reply('everything is muted', { visibleTo })
        : reply('Mute everything?', {
            actions: [{ label: 'Mute everything', command: 'mute', options: { endpoint: 'api', confirm: 'true' } }],
          }),
    );

  for (const visibleTo of ['caller', 'channel'] as const)
    it(`cannot be answered twice, when its answer is for the ${visibleTo}`, async (t) => {
      const run = ask(visibleTo);
      const { discord } = await aDiscordWorld(t, { run });
      const question = await discord.answer(await discord.type('/webhook mute', { endpoint: 'api' }));
      await discord.click(question, 'Mute everything');
      await until(() => [...discord.ephemeral('ops'), ...discord.messages('ops')].some(says('everything is')));
      const now = discord.ephemeral('ops').find(({ id }) => id === question.id);
      assert.deepEqual(now?.components, []);
      assert.equal(discord.messages('ops').length, visibleTo === 'channel' ? 1 : 0);
      assert.equal(run.ran.length, 2);
    });

  it('of Discord’s own making cannot be answered twice either', async (t) => {
    const run = aRunner();
    const { discord, post } = await aDiscordWorld(t, { run });
    await post();
    const [message] = discord.messages('ops');
    assert.ok(message);
    const question = await discord.answer(await discord.click(message, 'Delete it'));
    await discord.answer(await discord.click(question, 'Yes, do it'));
    const [now] = discord.ephemeral('ops');
    assert.deepEqual([now?.id, now?.components, run.ran.length], [question.id, [], 1]);
  });

  it('whose click is delivered twice is answered once', async (t) => {
    const run = ask('channel');
    const { discord } = await aDiscordWorld(t, { run });
    const question = await discord.answer(await discord.type('/webhook mute', { endpoint: 'api' }));
    const exchange = await discord.click(question, 'Mute everything');
    discord.redeliver(exchange);
    await until(() => discord.messages('ops').some(says('everything is')));
    discord.redeliver(exchange);
    await discord.answer(await discord.type('/webhook mute', { endpoint: 'api' }));
    assert.equal(run.ran.length, 3);
    assert.equal(discord.messages('ops').length, 1);
  });
});

describe('a menu on Discord', { timeout: 120_000 }, () => {
  it('forgets what was chosen, so that the same can be chosen again; and the message is still found', async (t) => {
    const run = aRunner();
    const { discord, platform, post } = await aDiscordWorld(t, { run });
    const since = new Date(discord.clock.now());
    const ref = await post(anEventMessage(), 'ops', 'n');
    const ids: (string | undefined)[] = [];
    for (const _ of [1, 2, 3]) {
      const [message] = discord.messages('ops');
      assert.ok(message);
      ids.push(menuOf(message)?.custom_id);
      const answer = await discord.answer(await discord.choose(message, 'Why did I see this?'));
      assert.equal(answer.flags & 64, 64);
      assert.match(wordsOf(answer.embeds), /ran why/);
    }
    assert.equal(new Set(ids).size, 3);
    assert.equal(run.ran.length, 3);
    const [message] = discord.messages('ops');
    assert.match(wordsOf(message?.embeds), /octocat pushed to main/);
    assert.deepEqual(await platform.find(ref.channel, { nonce: 'n', since }), ref);
  });
});

describe('more endpoints than a menu holds', { timeout: 120_000 }, () => {
  const many = (count: number) =>
    Object.assign(
      aRunner(() =>
        reply('Which?', {
          form: { command: 'mute', title: 'Mute', ask: ['endpoint', 'for'], options: {}, submit: 'Go' },
        }),
      ),
      {
        complete: async ({ typed }: { readonly typed: string }) =>
          Array.from({ length: count }, (_, index) => `endpoint-${index}`)
            .filter((name) => name.includes(typed))
            .map((value) => ({ value, label: value })),
      },
    );

  it('are typed into the form, where a menu would hide some of them', async (t) => {
    const { discord } = await aDiscordWorld(t, { run: many(61) });
    const { modal } = await discord.type('/webhook mute');
    assert.deepEqual(
      modal?.components.map(({ component }) => component?.type),
      [4, 4],
    );
  });

  it('are a menu where it holds them all', async (t) => {
    const { discord } = await aDiscordWorld(t, { run: many(25) });
    const { modal } = await discord.type('/webhook mute');
    assert.equal(modal?.components[0]?.component?.options?.length, 25);
  });

  it('are found by typing a part of their name', async (t) => {
    const { discord } = await aDiscordWorld(t, { run: many(61) });
    const found = await discord.complete('/webhook mute', 'endpoint', 'endpoint-60');
    assert.deepEqual(found, [{ name: 'endpoint-60', value: 'endpoint-60' }]);
  });
});

it('a secret is typed again into a form that is offered again, rather than repeated', async (t) => {
  const secret = { type: 'string', description: 'A secret', optional: true, secret: true } as const;
  const made = someCommands.get('new') ?? assert.fail('there is no such command');
  const run = Object.assign(
    aRunner(({ options }) =>
      options.provider
        ? reply('No.', { data: { code: 'bad' } })
        : reply('Form.', {
            form: { command: 'new', title: 'New', ask: ['provider', 'secret', 'note'], options: {}, submit: 'Go' },
          }),
    ),
    { commands: new Map([...someCommands, ['new', { ...made, options: { ...made.options, secret } }]]) },
  );
  const { discord } = await aDiscordWorld(t, { run });
  const filled = { Provider: 'stripe', Secret: 'whsec_1234', Note: 'a note' };
  const refused = await discord.answer(await discord.submit(await discord.type('/webhook new'), filled));
  const again = await discord.click(refused, 'Fill in…');
  assert.match(JSON.stringify(again.modal), /a note/);
  assert.equal(run.ran.at(-1)?.options.secret, 'whsec_1234');
  assert.ok(!JSON.stringify([again.modal, refused, discord.calls()]).includes('whsec_1234'));
});

it('a time of day asks once for the person’s time zone, which Discord does not say', async (t) => {
  const { run, settings, anEndpoint } = await aCommandWorld();
  const { discord } = await aDiscordWorld(t, { run });
  await anEndpoint();
  const { admin: user } = discord.people;
  const mute = { endpoint: 'api', source: 'acme/api', until: 'tomorrow 9am' };
  const asked = await discord.answer(await discord.type('/webhook mute', mute, { user }));
  assert.match(wordsOf(asked.embeds), /Which time zone/);
  const form = await discord.click(asked, 'Fill in…', { user });
  const muted = await discord.answer(await discord.submit(form, { zone: 'Europe/Berlin' }));
  assert.match(wordsOf(muted.embeds), /muted/);
  assert.deepEqual(settings.current.zones, { [`discord:${user.id}`]: 'Europe/Berlin' });
  const again = await discord.answer(await discord.type('/webhook mute', { ...mute, source: 'acme/web' }, { user }));
  assert.match(wordsOf(again.embeds), /muted/);
});

it('a channel is picked from Discord’s own list, or typed where it is one of another chat', async (t) => {
  const run = aRunner();
  const { discord } = await aDiscordWorld(t, { run });
  const { id } = discord.place.named('deploys');
  for (const options of [{ in: '#deploys' }, { 'in-elsewhere': 'slack:#ops' }])
    await discord.answer(await discord.type('/webhook new', { provider: 'github', ...options }));
  assert.deepEqual(
    run.ran.map(({ options }) => options.in),
    [`<#${id}>`, 'slack:#ops'],
  );
});

/** Answers with pages that lead to one another. */
function pages() {
  return aRunner(({ command, options }) => {
    if (command !== 'secret') return reply(`ran ${command}`);
    const page = Number(options.page ?? 1);
    return reply(`page ${page}`, {
      actions: [
        { label: 'Next', command: 'secret', options: { page: String(page + 1) } },
        { label: 'Why', command: 'why', options: { event: 'e1' } },
      ],
    });
  });
}

function says(text: string) {
  return ({ embeds, flags }: Message): boolean => !(flags & 128) && wordsOf(embeds).includes(text);
}

function directly(discord: Discord): readonly Message[] {
  return discord.directMessages(discord.people.member);
}

function menuOf({ components }: Message) {
  return components.flatMap((row) => row.components ?? []).find(({ type }) => type === 3);
}
