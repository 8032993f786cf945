import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { UNFORESEEN } from '../../src/core/errors.ts';
import { wordsOf } from '../chats/chat.ts';
import { aDiscord } from '../chats/places.ts';
import type { Discord } from '../doubles/discord/double.ts';
import { aPush, type World } from '../world.ts';

const ROOMY = { messages: { limit: 1_000, milliseconds: 1_000 }, globalPerSecond: 10_000 };

type Message = ReturnType<Discord['messages']>[number];
type Part = Message['components'][number];

for (const way of ['gateway', 'http'] as const)
  describe(`every command on Discord, over ${way === 'http' ? 'HTTP' : 'its gateway'}`, () => {
    let place: Awaited<ReturnType<typeof aDiscord>>;
    let discord: Discord;
    let world: World;
    let event: string;
    before(async () => {
      place = await aDiscord(way, { limits: ROOMY });
      ({ discord, world } = place);
      await discord.answer(await discord.type('/webhook new', { provider: 'stripe', as: 'old' }));
      const endpoint = await world.endpoint('github', 'in discord:#ops as api');
      await world.deliver(endpoint, aPush());
      await world.settled();
      event = (await world.events())[0]?.id ?? '';
      await discord.answer(await discord.type('/webhook mute', { endpoint: 'api', source: 'acme/web', for: '2h' }));
    });
    after(() => place?.close());

    it('completes endpoints, providers, channels, sources, durations and all else that can be known', async () => {
      const expected: readonly (readonly [string, string, string, RegExp, RegExp])[] = [
        ['mute', 'endpoint', 'a', /^api \(GitHub\)$/, /^api$/],
        ['new', 'provider', 'gith', /^GitHub$/, /^github$/],
        ['new', 'in-elsewhere', '#op', /^#ops$/, /^#ops$/],
        ['mute', 'source', 'acme', /^acme\/api$/, /^acme\/api$/],
        ['mute', 'for', '2', /^2 hours$/, /^2h$/],
        ['history', 'type', 'p', /^push$/, /^push$/],
        ['why', 'event', '', /^\d+: octocat/, new RegExp(`^${event}$`)],
        ['unmute', 'mute', 'api', /^api source=acme\/web$/, /./],
        ['help', 'command', 'unm', /^unmute: /, /^unmute$/],
      ];
      for (const [command, option, typed, name, value] of expected) {
        const [best] = await discord.complete(`/webhook ${command}`, option, typed);
        assert.match(best?.name ?? '', name, `${command} ${option}`);
        assert.match(best?.value ?? '', value, `${command} ${option}`);
      }
    });

    it('answers to the completion of every option that completes', async () => {
      const completing = (discord.commands()[0]?.options ?? []).flatMap(({ name, options = [] }) =>
        options.filter(({ autocomplete }) => autocomplete).map((option) => [name, option.name] as const),
      );
      assert.ok(completing.length > 20);
      for (const [command, option] of completing) {
        const choices = await discord.complete(`/webhook ${command}`, option, '');
        assert.ok(choices.length > 0, `${command} ${option}`);
      }
    });

    it('suggests nothing to an outsider while they type', async () => {
      const where = { user: discord.people.outsider };
      for (const option of ['endpoint', 'source'])
        assert.deepEqual(await discord.complete('/webhook mute', option, '', where), []);
      assert.deepEqual(await discord.complete('/webhook new', 'in-elsewhere', '', where), []);
    });

    it('offers the fixed choices of an option to choose from', () => {
      const choicesOf = (command: string, option: string) => {
        const options = discord.commands()[0]?.options?.find(({ name }) => name === command)?.options;
        return options?.find(({ name }) => name === option)?.choices?.map(({ value }) => value);
      };
      assert.deepEqual(choicesOf('mute', 'severity'), ['info', 'good', 'warning', 'critical']);
      assert.deepEqual(choicesOf('route', 'action'), ['add', 'remove', 'list']);
    });

    it('asks in a modal for what each command lacks, and runs what was filled in', async () => {
      const asked: string[] = [];
      for (const [name, { options }] of world.app.run.commands) {
        const exchange = await discord.type(`/webhook ${name}`);
        const needed = Object.keys(options).filter((option) => !options[option]?.optional);
        const lacks = needed.filter((option) => !['flag', 'pairs'].includes(options[option]?.type ?? ''));
        if (!exchange.modal) {
          assert.deepEqual(lacks, [], name);
          continue;
        }
        asked.push(name);
        const rule = { severity: 'critical', when: 'about.actor == "mona"' };
        const filled: Record<string, string> = {
          endpoint: 'api',
          provider: 'github',
          event,
          text: 'Better',
          as: 'up',
          ...rule,
          action: 'add',
          person: `<@${discord.people.admin}>`,
        };
        const given = name === 'rename' ? { endpoint: 'old', to: 'older' } : filled;
        const values = Object.entries(given).filter(([option]) => lacks.includes(option));
        const answer = await discord.answer(await discord.submit(exchange, Object.fromEntries(values)));
        assert.doesNotMatch(wordsOf(answer.embeds), new RegExp(`${UNFORESEEN}|needs|no endpoint`), name);
      }
      assert.ok(asked.length > 8, asked.join());
    });

    it('runs every button and every menu entry that it shows', async () => {
      const typed = [
        ...['list', 'help', 'mutes', 'failed', 'history'].map((name) => discord.type(`/webhook ${name}`)),
        ...['show', 'mute', 'test', 'delete'].map((name) => discord.type(`/webhook ${name}`, { endpoint: 'api' })),
        discord.type('/webhook new', { provider: 'github', as: 'second' }),
        ...['event', 'payload', 'replay', 'why'].map((name) => discord.type(`/webhook ${name}`, { event })),
      ];
      const shown = await Promise.all(typed.map(async (exchange) => discord.answer(await exchange)));
      const pressed = await pressAll(discord, [...discord.messages('ops'), ...shown]);
      for (const label of ['Mute acme/api for 1 h', 'Show payload', 'Why did I see this?', 'Mute everything', 'Unmute'])
        assert.ok(pressed.has(label), `${label} is not among ${[...pressed].join(', ')}`);
    });

    if (way === 'http')
      it('passes the test that Discord makes of an endpoint, on the port of everything else', async () => {
        assert.ok(await discord.outgoing.accepts(`${world.publicUrl}/discord/interactions`));
      });

    it('explains a message from its menu', async () => {
      const message = discord.messages('ops').find(({ embeds }) => /Fix the door/.test(wordsOf(embeds)));
      assert.ok(message);
      const answer = await discord.answer(await discord.apps('Why did I see this?', message));
      assert.match(wordsOf(answer.embeds), /verified by/);
    });
  });

/** Presses whatever can be pressed, in these messages and in those that come of it; each label once, what deletes last. */
async function pressAll(discord: Discord, messages: readonly Message[]): Promise<ReadonlySet<string>> {
  const pressed = new Set<string>();
  const open = messages.flatMap(pressable);
  for (let next = takeNext(open); next; next = takeNext(open)) {
    const { message, label, menu } = next;
    if (pressed.has(label)) continue;
    pressed.add(label);
    const exchange = await (menu ? discord.choose(message, label) : discord.click(message, label));
    if (exchange.modal) continue;
    const answer = await discord.answer(exchange);
    assert.doesNotMatch(wordsOf(answer.embeds), new RegExp(`${UNFORESEEN}|no longer knows|is not an option`), label);
    open.push(...pressable(answer));
  }
  return pressed;
}

interface Pressable {
  readonly message: Message;
  readonly label: string;
  readonly menu: boolean;
}

function pressable(message: Message): readonly Pressable[] {
  return message.components
    .flatMap((row): readonly Part[] => row.components ?? [])
    .flatMap(({ label, url, options }): readonly Pressable[] => {
      if (options) return options.map((option) => ({ message, label: option.label, menu: true }));
      return label && !url ? [{ message, label, menu: false }] : [];
    });
}

function takeNext(open: Pressable[]): Pressable | undefined {
  const first = open.findIndex(({ label }) => !/delete|yes/i.test(label));
  return open.splice(Math.max(first, 0), 1)[0];
}
