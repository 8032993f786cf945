import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { decodeAction } from '../../src/core/message/action-text.ts';
import { cutTree } from '../../src/core/message/cut-tree.ts';
import { markColors, marked, marks } from '../../src/core/message/mark.ts';
import { cleanCommand, escapeMarkdown, type MessageParts, toMessage } from '../../src/core/message/message.ts';
import { linkUrl } from '../../src/core/message/safe-link.ts';
import { shownBody, shownFields } from '../../src/core/message/shown.ts';
import type { Block, Inline } from '../../src/core/message/tree.ts';
import { createShortNames } from '../../src/platforms/discord/message/short-names.ts';
import { toDiscordMessages } from '../../src/platforms/discord/message/to-discord-messages.ts';
import { toFields } from '../../src/platforms/discord/message/to-fields.ts';
import { toLinkTree } from '../../src/platforms/discord/message/to-links.ts';
import { toRows } from '../../src/platforms/discord/message/to-rows.ts';
import { writeMarkdown } from '../../src/platforms/discord/message/write-markdown.ts';
import { discordPings, validateDiscordMessage } from '../doubles/discord/limits.ts';
import { createOracle, oracleAtHand } from '../doubles/discord/oracle.ts';
import { aMessageOfWords, anyMessage, anyText, parseWords } from '../doubles/messages.ts';
import { runs } from '../runs.ts';

const MORE = cleanCommand({ label: 'Show all', command: 'show', options: { event: '42' } });
const MENU = { label: '⋯', command: 'menu', options: { event: '42' } };

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
        const payloads = toDiscordMessages({ ...message, more: MORE }, { parseMarkdown });
        assert.ok(payloads.length <= 2);
        for (const payload of payloads) assert.deepEqual(validateDiscordMessage(payload), []);
        assert.deepEqual(JSON.parse(JSON.stringify(payloads)), payloads);
      }),
      { numRuns: runs(150) },
    );
  });

  it('satisfies the API description of Discord', {
    skip: !oracleAtHand && 'the API description is not at hand',
  }, () => {
    const oracle = createOracle();
    fc.assert(
      fc.property(manyFields, ({ message, parseMarkdown }) => {
        for (const payload of toDiscordMessages({ ...message, more: MORE }, { parseMarkdown })) {
          assert.deepEqual(oracle?.request('POST', '/channels/:/messages', payload), []);
          assert.deepEqual(oracle?.request('PATCH', '/channels/:/messages/:', payload), []);
          const callback = { type: 4, data: payload };
          assert.deepEqual(oracle?.request('POST', '/interactions/:/:/callback', callback), []);
        }
      }),
      { numRuns: runs(100) },
    );
  });

  it('pings nobody but those it mentions, and no text of it becomes markup', () => {
    fc.assert(
      fc.property(manyFields, ({ message, parseMarkdown }) => {
        const meant = message.mentions
          .map(({ ids }) => ids.discord?.replace('&', ''))
          .filter((id) => /^\d/.test(id ?? ''));
        const payloads = toDiscordMessages(message, { parseMarkdown });
        const allowed = payloads.flatMap(({ allowed_mentions: { users = [], roles = [] } }) => [...users, ...roles]);
        const found = [...payloads.flatMap(discordPings), ...allowed];
        assert.deepEqual(
          found.filter((ping) => !meant.includes(ping)),
          [],
        );
      }),
      { numRuns: runs(150) },
    );
  });

  it('lets no emoji, address or mention arise where two texts meet', () => {
    const meeting = (first: string, second: string) =>
      toDiscordMessages(toMessage({ title: { text: 'T' }, body: 'b' }), {
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
      assert.deepEqual(meeting(first, second).flatMap(discordPings), [], first + second);
  });

  it('drops nothing without saying so, and offers the rest', () => {
    fc.assert(
      fc.property(aMessageOfWords, ({ message, words }) => {
        const written = JSON.stringify(
          toDiscordMessages({ ...message, more: MORE }, { parseMarkdown: parseWords }),
        ).replaceAll('\\n', ' ');
        const missing = words.filter((word) => !new RegExp(`\\b${word}\\b`).test(written));
        assert.equal(missing.length > 0, written.includes('Show all'));
        assert.equal(missing.length > 0, written.includes('… '));
      }),
      { numRuns: runs(60) },
    );
  });

  it('has something to show even when the message is empty', () => {
    const [payload] = toDiscordMessages(toMessage({}), { parseMarkdown: () => [] });
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
    const url = linkUrl('https://evil.example/a(b)');
    assert.ok(url);
    const link: Inline = {
      type: 'link',
      url,
      children: [{ type: 'text', text: 'https://github.com' }],
    };
    const [{ embeds }] = toDiscordMessages(toMessage({}), {
      parseMarkdown: () => [{ type: 'paragraph', children: [link] }],
    });
    assert.equal(embeds[0]?.description, '[https\\://github.com \\(evil.example\\)](https://evil.example/a%28b%29)');
  });

  it('keeps code that holds a fence inside its fence', () => {
    const [{ embeds }] = toDiscordMessages(toMessage({}), {
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
    const [{ embeds }] = toDiscordMessages(toMessage({}), { parseMarkdown: () => [table] });
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

  it('packs a command of more than 100 characters into its id', async () => {
    const options = { endpoint: 'k3jx92', source: `acme/${'very-long-name-'.repeat(9)}`, for: '1h' };
    const { components } = discord({ body: 'x', actions: [{ label: 'Mute', command: 'mute', options }] });
    const [button] = components[0]?.components ?? [];
    const id = button && 'custom_id' in button ? button.custom_id : '';
    assert.ok(id.length <= 100, id);
    assert.deepEqual(decodeAction((await createShortNames().lengthen(id)) ?? '')?.options, options);
  });

  it('names a command that cannot be packed, and leaves it out when nobody can', () => {
    const because = randomBytes(300).toString('base64');
    const actions = [{ label: 'Mute', command: 'mute', options: { because } }];
    const [long] = toDiscordMessages(toMessage({ body: 'x', actions }), {
      parseMarkdown: parseWords,
      shorten: () => '~7',
    });
    assert.match(JSON.stringify(long.components), /"custom_id":"~7"/);
    assert.deepEqual(discord({ body: 'x', actions }).components, []);
    assert.match(discord({ body: 'x', actions }).embeds[0]?.description ?? '', /1 more button/);
  });

  it('packs any text so that the same comes out, and takes nothing else for packed', async () => {
    const names = createShortNames();
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        const whole = text.toWellFormed();
        assert.equal(await names.lengthen(names.shorten(whole)), whole);
        assert.notEqual(await names.lengthen(`^${text}`), text);
      }),
    );
    const long = 'a'.repeat(9_000);
    assert.equal(await names.lengthen(names.shorten(long)), long);
  });

  it('writes a link that no button can carry as text', () => {
    const url = `https://x.example/${'a'.repeat(600)}`;
    const { embeds } = discord({ body: 'x', actions: [{ label: 'Open', url }] });
    assert.equal(embeds[0]?.description, `x\n[Open](${url})`);
  });

  it('shows its only field, where it is short, on a line of its description', () => {
    const [short] = discord({ fields: [{ name: 'Reviewers', value: 'mona, tux' }] }).embeds;
    assert.deepEqual([short?.description, short?.fields ?? []], ['**Reviewers** mona, tux', []]);
    const [long] = discord({ fields: [{ name: 'Reviewers', value: 'mona, '.repeat(20) }] }).embeds;
    assert.equal(long?.fields?.length, 1);
  });

  it('is cut where even two messages cannot hold it, and says how much is left', () => {
    const fields = Array.from({ length: 200 }, (_, index) => ({
      name: `n${index}`,
      value: escapeMarkdown(`v${index} ${'x'.repeat(100)}`),
    }));
    const { embeds } = discord({ body: 'x', fields });
    assert.equal(embeds.length, 1);
    assert.equal(embeds[0]?.fields?.length, 25);
    assert.equal(embeds[0]?.description, 'x\n-# … 175 more fields');
  });
});

describe('the first line on Discord', () => {
  const url = 'https://x.example/1';
  const title = { text: 'Disk full', url };

  it('is the linked title of the embed, with its mark', () => {
    for (const mark of ['good', 'running', 'neutral', 'info'] as const) {
      const { content, embeds } = discord({ mark, title, body: 'on db1' });
      const line = marked(mark, 'Disk full');
      assert.equal(content, '');
      assert.deepEqual(embeds, [{ color: markColors[mark], title: line, url, description: 'on db1' }]);
    }
  });

  it('is the content of what is severe or pings somebody, because a phone shows nothing of an embed, and never both', () => {
    const mentions = [{ name: 'ada', ids: { discord: '123456789012345678' } }];
    const said = (parts: Partial<MessageParts>) => {
      const { content, embeds } = discord({ title, body: 'on db1', ...parts });
      return [content, embeds[0]?.title, embeds[0]?.description];
    };
    assert.deepEqual(said({ severity: 'critical' }), ['❌ Disk full', undefined, 'on db1']);
    assert.deepEqual(said({ severity: 'warning' }), ['⚠️ Disk full', undefined, 'on db1']);
    assert.deepEqual(said({ mentions }), ['Disk full <@123456789012345678>', undefined, 'on db1']);
  });

  it('is the content where the route asks for it, and is not where it does not', () => {
    const contents = (['always', 'important', 'never'] as const).map((notify) =>
      marks.map((mark) => discord({ mark, title, notify }).content).filter(Boolean),
    );
    assert.deepEqual(contents, [marks.map((mark) => marked(mark, 'Disk full')), ['❌ Disk full', '⚠️ Disk full'], []]);
  });

  it('leads from its content to where it would by a button, unless one leads there already', () => {
    const labels = (actions: MessageParts['actions']) =>
      discord({ severity: 'critical', title, actions }).components.flatMap(({ components }) =>
        components.map((part) => ('label' in part ? part.label : '')),
      );
    const runbook = { label: 'Runbook', url: 'https://x.example/run' };
    assert.deepEqual(labels([runbook]), ['Open', 'Runbook']);
    assert.deepEqual(labels([runbook, { label: 'Alert', url }]), ['Runbook', 'Alert']);
    assert.deepEqual(labels([runbook, { label: 'Alert', url, tucked: true }]), ['Open', 'Runbook']);
  });

  it('is all there is of a compact message, with where it came from', () => {
    const parts = {
      density: 'compact' as const,
      title,
      footer: 'acme/api · GitHub',
      actions: [{ label: 'Open', url }],
    };
    const calm = discord({ ...parts, severity: 'good' });
    assert.deepEqual(
      [calm.content, calm.embeds, calm.components],
      ['', [{ color: 0x2eb67d, description: `✅ **[Disk full](${url})** · acme/api · GitHub` }], []],
    );
    const loud = discord({ ...parts, severity: 'critical' });
    assert.deepEqual(
      [loud.content, loud.embeds],
      ['❌ Disk full', [{ color: 0xe01e5a, description: `[Open](${url}) · acme/api · GitHub` }]],
    );
  });

  it('shows no escapes where a phone would show them too, and is no markup all the same', () => {
    const text = '- Use `a_b` in *.ts <b> [x](https://e.example) C:\\d _it_ :tada: @here';
    const { content } = discord({ title: { text }, notify: 'always' });
    assert.equal(
      content,
      '\u200B- Use ˋa_bˋ in ∗.ts ‹b› [x]\u200B(https:\u200B//e.example) C:∖d ˍitˍ :\u200Btada: @\u200Bhere',
    );
  });

  it('may be all there is of any message', () => {
    const { content, embeds } = discord({ severity: 'critical', title: { text: 'Disk full' } });
    assert.deepEqual([content, embeds], ['❌ Disk full', []]);
  });
});

describe('what is tucked away on Discord', () => {
  const tucked = ['1h', '2h'].map((time) => ({
    label: `Mute ${time}`,
    command: 'mute',
    options: { for: time },
    tucked: true,
  }));
  const link = { label: 'Open', url: 'https://x.example/1' };

  it('is behind one more button of the one row', () => {
    const { components } = discord({ body: 'x', actions: [link, ...tucked], menu: MENU });
    assert.deepEqual(components, [
      {
        type: 1,
        components: [
          { type: 2, style: 5, label: 'Open', url: 'https://x.example/1' },
          { type: 2, style: 2, label: '⋯', custom_id: 'menu|event=42' },
        ],
      },
    ]);
  });

  it('has no row for itself alone, because the context menu of the message leads there', () => {
    assert.deepEqual(discord({ body: 'x', actions: tucked, menu: MENU }).components, []);
  });

  it('is a menu where the message knows no other way', () => {
    const [row] = discord({ body: 'x', actions: tucked }).components;
    assert.deepEqual(
      row?.components.map((part) => ('options' in part ? part.options.map(({ value }) => value) : [])),
      [['mute|for=1h', 'mute|for=2h']],
    );
  });
});

describe('a message too long for one embed on Discord', () => {
  it('says everything once where it fits, whatever it is made of', () => {
    const seen = { embeds: 0, messages: 0 };
    fc.assert(
      fc.property(longMessage, ({ message, parseMarkdown }) => {
        const payloads = toDiscordMessages({ ...message, more: MORE }, { parseMarkdown });
        const embeds = payloads.flatMap((payload) => payload.embeds);
        if (embeds.length === 1) return;
        seen[payloads.length > 1 ? 'messages' : 'embeds']++;
        const { mentions } = message;
        const fields = toFields({ ...message, fields: shownFields(message, parseMarkdown) }, parseMarkdown).fields;
        assert.deepEqual(
          embeds.flatMap((embed) => embed.fields ?? []),
          fields,
        );
        const links = toLinkTree(toRows(message.actions, { menu: message.menu }).asText);
        const said = embeds.map(({ description = '' }) => description.replace(/\n?-# … .*$/, '')).join('\n');
        const meant = writeMarkdown([...shownBody(message, parseMarkdown), ...links], mentions);
        assert.equal(lettersOf(said), lettersOf(meant));
      }),
      { numRuns: runs(120) },
    );
    assert.ok(seen.embeds + seen.messages > 0, JSON.stringify(seen));
  });

  it('says every word once, in the order in which it was written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 200, max: 520 }), (lines) => {
        const words = Array.from({ length: lines }, (_, index) => `line${index}w`);
        const body = words.map((word) => `${word} says a thing`).join('\n');
        const payloads = toDiscordMessages(toMessage({ body }), { parseMarkdown: parseWords });
        assert.ok(payloads.length > 1 || Number(payloads[0].embeds.length) > 1);
        assert.deepEqual(JSON.stringify(payloads).match(/line\d+w/g), words);
      }),
      { numRuns: runs(40) },
    );
  });

  it('has title, link and author on its first embed, image, footer and time on its last, and one color', () => {
    const paragraph = `${'word '.repeat(580)}end`;
    const payloads = toDiscordMessages(
      toMessage({
        severity: 'good',
        title: { text: 'Disk full', url: 'https://x.example/1' },
        author: { name: 'ada' },
        body: [paragraph, paragraph, paragraph].join('\n'),
        footer: 'acme/api',
        image: { url: 'https://x.example/a.png', alt: '' },
        occurredAt: '2026-03-01T10:00:00Z',
        actions: [{ label: 'Open', url: 'https://x.example/1' }],
      }),
      { parseMarkdown: parseWords },
    );
    const frames = payloads.map(({ embeds }) => embeds.map(({ description: _said, ...frame }) => Object.keys(frame)));
    assert.deepEqual(frames, [
      [['color', 'author', 'title', 'url'], ['color']],
      [['color', 'image', 'footer', 'timestamp']],
    ]);
    const [first, second] = payloads;
    assert.deepEqual([first.content, first.components.length], ['', 1]);
    assert.deepEqual(
      [second?.content, second?.components, second?.allowed_mentions],
      ['', [], { parse: [], replied_user: false }],
    );
  });

  it('is split between blocks, and keeps a heading with what stands under it', () => {
    const text = (length: number): Block => ({
      type: 'paragraph',
      children: [{ type: 'text', text: 'x'.repeat(length) }],
    });
    const heading: Block = { type: 'heading', level: 2, children: [{ type: 'text', text: 'Below' }] };
    assert.deepEqual(
      descriptions([text(3000), heading, text(2500)]).map(({ length }) => length),
      [3000, 2510],
    );
  });

  it('goes on with code as code, by lines', () => {
    const line = 'let answer = 42;';
    const parts = descriptions([{ type: 'code', language: 'js', text: Array(300).fill(line).join('\n') }]);
    assert.equal(parts.length, 2);
    for (const part of parts) assert.match(part, /^```js\n(?:let answer = 42;\n)+```$/);
    assert.equal(parts.join('').split(line).length - 1, 300);
  });

  it('goes on with the next number of a list, and with the next row of a table', () => {
    const cell = (text: string): Inline[] => [{ type: 'text', text }];
    const items = Array.from({ length: 200 }, (_, index) => ({
      children: [{ type: 'paragraph' as const, children: cell(`item ${index + 1} of the list that is long`) }],
    }));
    const numbers = descriptions([{ type: 'list', ordered: true, start: 1, items }]).flatMap((part) =>
      part.split('\n'),
    );
    assert.deepEqual(
      numbers,
      items.map((_, index) => `${index + 1}. item ${index + 1} of the list that is long`),
    );
    const rows = Array.from({ length: 200 }, (_, index) => [cell(`row ${index}`), cell('a value in a column')]);
    const parts = descriptions([{ type: 'table', columns: ['left', 'left'], rows }]);
    assert.equal(parts.length, 2);
    assert.deepEqual(
      parts.join('\n').match(/row \d+/g),
      rows.map((_, index) => `row ${index}`),
    );
    assert.deepEqual(
      parts.map((part) => part.includes('───')),
      [true, false],
    );
  });

  it('shows 25 fields in each embed', () => {
    const fields = Array.from({ length: 200 }, (_, index) => ({ name: `n${index}`, value: `v${index}` }));
    const { embeds } = discord({ body: 'x', fields });
    assert.deepEqual(
      embeds.map((embed) => embed.fields?.length),
      Array(8).fill(25),
    );
    assert.equal(embeds[0]?.description, 'x');
  });

  it('says where a title was cut, and goes on all the same', () => {
    const payloads = toDiscordMessages(
      toMessage({ title: { text: 'long '.repeat(100) }, body: 'some words\n'.repeat(700), more: MORE }),
      { parseMarkdown: parseWords },
    );
    assert.equal(payloads.length, 2);
    assert.match(payloads[1]?.embeds.at(-1)?.description ?? '', /\n-# … shortened$/);
    assert.match(JSON.stringify(payloads[0].components), /Show all/);
  });

  it('is one message where only one is allowed', () => {
    const message = toMessage({ body: 'some words\n'.repeat(700), more: MORE });
    const payloads = toDiscordMessages(message, { parseMarkdown: parseWords, most: 1 });
    assert.deepEqual([payloads.length, payloads[0].embeds.length], [1, 1]);
    assert.match(JSON.stringify(payloads), /more characters.*Show all/);
  });
});

/** Messages that one embed mostly cannot hold, and two messages mostly can. */
const longMessage = fc
  .tuple(anyMessage, fc.integer({ min: 2_500, max: 9_000 }), fc.nat(30))
  .map(([{ message, parseMarkdown }, room, count]) => {
    const tree = cutTree(repeated(parseMarkdown('§body')), room).blocks;
    const { density: _, ...whole } = message;
    return {
      message: {
        ...whole,
        notify: 'never' as const,
        fields: message.fields.slice(0, count),
        actions: message.actions.slice(0, 6),
      },
      parseMarkdown: (text: string) => (text === '§body' ? tree : parseMarkdown(text)),
    };
  });

function repeated(tree: readonly Block[]): readonly Block[] {
  return Array.from({ length: 12 }, () => tree).flat();
}

function lettersOf(text: string): string {
  return text.replace(/```[a-z0-9+#-]{1,20}\n/gi, '').replace(/[^\p{L}\p{N}]/gu, '');
}

function descriptions(tree: readonly Block[]): readonly string[] {
  return toDiscordMessages(toMessage({}), { parseMarkdown: () => tree }).flatMap(({ embeds }) =>
    embeds.map(({ description = '' }) => description),
  );
}

function discord(parts: Partial<MessageParts>) {
  return toDiscordMessages(toMessage(parts), { parseMarkdown: parseWords })[0];
}
