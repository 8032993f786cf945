import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { decodeAction } from '../src/core/action-text.ts';
import { escapeMarkdown, type Message, toMessage } from '../src/core/message.ts';
import type { Block, Inline } from '../src/core/tree.ts';
import { createShortNames } from '../src/platforms/discord/short-names.ts';
import { toDiscordMessage } from '../src/platforms/discord/to-discord-message.ts';
import { createOracle, oracleAtHand } from './doubles/discord/oracle.ts';
import { discordPings, validateDiscordMessage } from './doubles/discord-limits.ts';
import { aMessageOfWords, anyMessage, anyText, parseWords } from './doubles/messages.ts';

const MORE = { label: 'Show all', command: 'show', options: { event: '42' } };

/** Any message, with up to two hundred fields. */
const manyFields = fc.tuple(anyMessage, fc.constantFrom(1, 1, 1, 4)).map(([{ message, parseMarkdown }, times]) => ({
  message: {
    ...message,
    fields: Array.from({ length: times }, () => message.fields)
      .flat()
      .slice(0, 200),
  },
  parseMarkdown,
}));

describe('a message on Discord', () => {
  it('is accepted whatever it holds', () => {
    fc.assert(
      fc.property(manyFields, ({ message, parseMarkdown }) => {
        const payload = toDiscordMessage({ ...message, more: MORE }, { parseMarkdown });
        assert.deepEqual(validateDiscordMessage(payload), []);
        assert.deepEqual(JSON.parse(JSON.stringify(payload)), payload);
      }),
      { numRuns: 150 },
    );
  });

  it('satisfies the API description of Discord', {
    skip: !oracleAtHand && 'the API description is not at hand',
  }, () => {
    const oracle = createOracle();
    fc.assert(
      fc.property(manyFields, ({ message, parseMarkdown }) => {
        const payload = toDiscordMessage({ ...message, more: MORE }, { parseMarkdown });
        assert.deepEqual(oracle?.request('POST', '/channels/:/messages', payload), []);
        assert.deepEqual(oracle?.request('PATCH', '/channels/:/messages/:', payload), []);
        const callback = { type: 4, data: payload };
        assert.deepEqual(oracle?.request('POST', '/interactions/:/:/callback', callback), []);
      }),
      { numRuns: 100 },
    );
  });

  it('pings nobody but those it mentions, and no text of it becomes markup', () => {
    fc.assert(
      fc.property(manyFields, ({ message, parseMarkdown }) => {
        const meant = message.mentions
          .map(({ ids }) => ids.discord?.replace('&', ''))
          .filter((id) => /^\d/.test(id ?? ''));
        const payload = toDiscordMessage(message, { parseMarkdown });
        const { users = [], roles = [] } = payload.allowed_mentions;
        const found = [...discordPings(payload), ...users, ...roles];
        assert.deepEqual(
          found.filter((ping) => !meant.includes(ping)),
          [],
        );
      }),
      { numRuns: 150 },
    );
  });

  it('lets no emoji, address or mention arise where two texts meet', () => {
    const meeting = (first: string, second: string) =>
      toDiscordMessage(toMessage({ title: { text: 'T' }, body: 'b' }), {
        parseMarkdown: () => [
          { type: 'paragraph', children: [first, second].map((text) => ({ type: 'text', text }) as const) },
        ],
      });
    for (const [first, second] of [
      [':', 'tada:'],
      [':ta', 'da:'],
      ['https:', '//evil.example'],
      ['@', 'everyone'],
    ] as const)
      assert.deepEqual(discordPings(meeting(first, second)), [], first + second);
  });

  it('drops nothing without saying so, and offers the rest', () => {
    fc.assert(
      fc.property(aMessageOfWords, ({ message, words }) => {
        const written = JSON.stringify(
          toDiscordMessage({ ...message, more: MORE }, { parseMarkdown: parseWords }),
        ).replaceAll('\\n', ' ');
        const missing = words.filter((word) => !new RegExp(`\\b${word}\\b`).test(written));
        assert.equal(missing.length > 0, written.includes('Show all'));
        assert.equal(missing.length > 0, written.includes('… '));
      }),
      { numRuns: 60 },
    );
  });

  it('has something to show even when the message is empty', () => {
    const payload = toDiscordMessage(toMessage({}), { parseMarkdown: () => [] });
    assert.deepEqual(validateDiscordMessage(payload), []);
    assert.equal(payload.embeds[0]?.description, 'No text');
  });

  it('pings a person and a role from its content, and allows no other ping', () => {
    const mentions = [
      { name: 'ada', ids: { discord: '123456789012345678' } },
      { name: 'ops', ids: { discord: '&223456789012345678' } },
    ];
    const payload = discord({ body: 'look', mentions });
    assert.equal(payload.content, '<@123456789012345678> <@&223456789012345678>');
    assert.deepEqual(payload.allowed_mentions, {
      parse: [],
      users: ['123456789012345678'],
      roles: ['223456789012345678'],
    });
  });

  it('escapes what Discord would read as markup', () => {
    const { embeds } = discord({ body: '# a_b @everyone <@1> https://x.example :tada:' });
    assert.equal(embeds[0]?.description, '\\# a\\_b @\u200Beveryone \\<@1\\> https\\://x.example \\:tada\\:');
  });

  it('names the host of a link whose label names another', () => {
    const link: Inline = {
      type: 'link',
      url: 'https://evil.example/a(b)',
      children: [{ type: 'text', text: 'https://github.com' }],
    };
    const { embeds } = toDiscordMessage(toMessage({}), {
      parseMarkdown: () => [{ type: 'paragraph', children: [link] }],
    });
    assert.equal(embeds[0]?.description, '[https\\://github.com \\(evil.example\\)](https://evil.example/a%28b%29)');
  });

  it('keeps code that holds a fence inside its fence', () => {
    const { embeds } = toDiscordMessage(toMessage({}), {
      parseMarkdown: () => [{ type: 'code', language: 'js', text: 'a\n```\n@everyone' }],
    });
    assert.equal(embeds[0]?.description, '```js\na\n`\u200B`\u200B`\n@everyone\n```');
  });

  it('aligns a table in code', () => {
    const cell = (text: string): Inline[] => [{ type: 'text', text }];
    const table: Block = {
      type: 'table',
      columns: ['left', 'right'],
      rows: [
        [cell('Name'), cell('n')],
        [cell('漢字'), cell('12')],
      ],
    };
    const { embeds } = toDiscordMessage(toMessage({}), { parseMarkdown: () => [table] });
    assert.equal(embeds[0]?.description, '```\nName   n\n────  ──\n漢字  12\n```');
  });

  it('carries a command in the id, says which must ask, and tells equal buttons apart', () => {
    const mute = { label: 'Mute', command: 'mute', options: { for: '1h' } };
    const confirm = { title: 'Sure?', text: 'Gone.', yes: 'Remove' };
    const { components } = discord({
      body: 'x',
      actions: [mute, mute, { label: 'Remove', command: 'remove', options: {}, confirm }],
    });
    const ids = components[0]?.components.map((part) => ('custom_id' in part ? part.custom_id : ''));
    assert.deepEqual(ids, ['mute|for=1h', 'mute|for=1h|1', '?remove']);
    assert.deepEqual(
      ids?.map((id) => decodeAction(id)?.ask),
      [false, false, true],
    );
    assert.deepEqual(decodeAction('mute|for=1h|1')?.options, { for: '1h' });
  });

  it('packs a command of more than 100 characters into its id', () => {
    const options = { endpoint: 'k3jx92', source: `acme/${'very-long-name-'.repeat(9)}`, for: '1h' };
    const { components } = discord({ body: 'x', actions: [{ label: 'Mute', command: 'mute', options }] });
    const [button] = components[0]?.components ?? [];
    const id = button && 'custom_id' in button ? button.custom_id : '';
    assert.ok(id.length <= 100, id);
    assert.deepEqual(decodeAction(createShortNames().lengthen(id) ?? '')?.options, options);
  });

  it('names a command that cannot be packed, and leaves it out when nobody can', () => {
    const because = randomBytes(300).toString('base64');
    const actions = [{ label: 'Mute', command: 'mute', options: { because } }];
    const long = toDiscordMessage(toMessage({ body: 'x', actions }), {
      parseMarkdown: parseWords,
      shorten: () => '~7',
    });
    assert.match(JSON.stringify(long.components), /"custom_id":"~7"/);
    assert.deepEqual(discord({ body: 'x', actions }).components, []);
    assert.match(discord({ body: 'x', actions }).embeds[0]?.description ?? '', /1 more button/);
  });

  it('packs any text so that the same comes out, and takes nothing else for packed', () => {
    const names = createShortNames();
    fc.assert(
      fc.property(anyText, (text) => {
        const whole = text.toWellFormed();
        assert.equal(names.lengthen(names.shorten(whole)), whole);
        assert.notEqual(names.lengthen(`^${text}`), text);
      }),
    );
  });

  it('writes a link that no button can carry as text', () => {
    const url = `https://x.example/${'a'.repeat(600)}`;
    const { embeds } = discord({ body: 'x', actions: [{ label: 'Open', url }] });
    assert.equal(embeds[0]?.description, `x\n[Open](${url})`);
  });

  it('shows 25 fields and says how many more there are', () => {
    const fields = Array.from({ length: 200 }, (_, index) => ({
      name: `n${index}`,
      value: escapeMarkdown(`v${index}`),
    }));
    const { embeds } = discord({ body: 'x', fields });
    assert.equal(embeds[0]?.fields?.length, 25);
    assert.equal(embeds[0]?.description, 'x\n-# … 175 more fields');
  });
});

function discord(parts: Partial<Message>) {
  return toDiscordMessage(toMessage(parts), { parseMarkdown: parseWords });
}
