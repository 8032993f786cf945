import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Command, defineCommand } from '../../src/core/command/command.ts';
import { reply } from '../../src/core/command/reply.ts';
import { findTimeZone } from '../../src/core/text/time-zone.ts';
import { wordsOf } from '../chats/chat.ts';
import { aDiscordWorld, aRunner, someCommands } from '../doubles/discord/world.ts';

const until = defineCommand({
  summary: 'Wait',
  examples: [],
  permission: 'member',
  options: {
    endpoint: { type: 'string', description: 'Whose' },
    until: { type: 'moment', description: 'Until when', optional: true },
  },
  run: async () => reply('never run here'),
}) as unknown as Command;

describe('a time of day typed on Discord', { timeout: 120_000 }, () => {
  it('asks for the person’s time zone once, and remembers it', async (t) => {
    const { discord, settings, run } = await aWaitingRoom(t);
    const { member } = discord.people;
    const asked = await discord.type('/webhook wait', { endpoint: 'api', until: 'tomorrow 9am' });
    assert.equal(asked.modal?.title, 'Your time zone');
    assert.equal(run.ran.length, 0);
    await discord.answer(await discord.submit(asked, { 'Time zone': 'berlin' }));
    await discord.answer(await discord.type('/webhook wait', { endpoint: 'api', until: '9am' }));
    assert.deepEqual(
      run.ran.map(({ caller, options }) => [caller.timeZone, options.endpoint, options.until]),
      [
        ['Europe/Berlin', 'api', 'tomorrow 9am'],
        ['Europe/Berlin', 'api', '9am'],
      ],
    );
    assert.deepEqual(settings.current.zones, { [`discord:${member.id}`]: 'Europe/Berlin' });
  });

  it('asks nothing where it means the same everywhere', async (t) => {
    const { discord, run } = await aWaitingRoom(t);
    for (const text of ['in 2 hours', '2031-01-01T09:00:00Z', 'no moment at all'])
      await discord.answer(await discord.type('/webhook wait', { endpoint: 'api', until: text }));
    await discord.answer(await discord.type('/webhook wait', { endpoint: 'api' }));
    assert.equal(run.ran.length, 4);
  });

  it('asks each person for their own', async (t) => {
    const { discord } = await aWaitingRoom(t);
    const { member, admin } = discord.people;
    const wait = { endpoint: 'api', until: '9am' };
    await discord.answer(
      await discord.submit(await discord.type('/webhook wait', wait, { user: member }), { 'Time zone': 'UTC' }),
    );
    assert.ok((await discord.type('/webhook wait', wait, { user: admin })).modal);
  });

  it('says what is wrong with a zone that is none, and asks again', async (t) => {
    const { discord, run } = await aWaitingRoom(t);
    const asked = await discord.type('/webhook wait', { endpoint: 'api', until: '9am' });
    const refused = await discord.answer(await discord.submit(asked, { 'Time zone': 'Europe/Berlim' }));
    assert.match(wordsOf(refused.embeds), /no time zone.*Did you mean `Europe\/Berlin`/);
    const again = await discord.click(refused, 'Choose my time zone');
    await discord.answer(await discord.submit(again, { 'Time zone': 'Europe/Berlin' }));
    assert.equal(run.ran[0]?.caller.timeZone, 'Europe/Berlin');
  });

  it('is asked about by a button, where it was filled into a form', async (t) => {
    const { discord, run } = await aWaitingRoom(t);
    const form = await discord.type('/webhook wait');
    const asked = await discord.answer(await discord.submit(form, { Endpoint: 'api', Until: '9am' }));
    assert.match(wordsOf(asked.embeds), /Discord does not say in which time zone you are/);
    const modal = await discord.click(asked, 'Choose my time zone');
    await discord.answer(await discord.submit(modal, { 'Time zone': '+02:00' }));
    assert.deepEqual([run.ran.at(-1)?.caller.timeZone, run.ran.at(-1)?.options.until], ['+02:00', '9am']);
  });
});

it('a time zone is known by its name, its city or its offset', () => {
  const zones: Readonly<Record<string, string | undefined>> = {
    'Europe/Berlin': 'Europe/Berlin',
    'europe/berlin': 'Europe/Berlin',
    'new york': 'America/New_York',
    'UTC+2': '+02:00',
    '−5': '-05:00',
    '+05:30': '+05:30',
    utc: 'UTC',
    nowhere: undefined,
    '': undefined,
    '+99': undefined,
  };
  for (const [typed, zone] of Object.entries(zones)) assert.equal(findTimeZone(typed), zone, typed);
});

/** A Bellhop with a command that takes a moment. */
async function aWaitingRoom(t: Parameters<typeof aDiscordWorld>[0]) {
  const run = Object.assign(
    aRunner(({ options }) =>
      options.endpoint
        ? reply('waiting')
        : reply('Which?', {
            form: { command: 'wait', title: 'Wait', ask: ['endpoint', 'until'], options: {}, submit: 'Go' },
          }),
    ),
    { commands: new Map([...someCommands, ['wait', until]]) },
  );
  const { discord, settings } = await aDiscordWorld(t, { run });
  return { discord, settings, run };
}
