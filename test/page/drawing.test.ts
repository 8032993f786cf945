import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { encodeAction } from '../../src/core/message/action-text.ts';
import { escapeDiscord } from '../../src/platforms/discord/message/escape-discord.ts';
import { type DiscordInline, parseInline } from '../../src/web/draw/discord/parse-inline.ts';
import { type DiscordBlock, parseDiscordMarkdown } from '../../src/web/draw/discord/parse-markdown.ts';
import { findAction } from '../../src/web/draw/find-action.ts';
import { toSegments } from '../../src/web/draw/slack/clean-blocks.ts';

describe('drawing a Slack payload', () => {
  it('puts the blocks of an attachment behind its bar', () => {
    const segments = toSegments({ blocks: [divider], attachments: [{ color: '#2eb67d', blocks: [divider] }] });
    assert.deepEqual(
      segments.map(({ color }) => color),
      [undefined, '#2eb67d'],
    );
  });

  it('falls back on the notification line', () => {
    const [segment] = toSegments({ text: 'Only a line' });
    assert.match(JSON.stringify(segment), /Only a line/);
  });

  it('keeps no address but http, https and mailto', () => {
    const link = { type: 'link', url: 'javascript:alert(1)', text: 'x' };
    const button = { type: 'button', text: { text: 'x' }, url: 'data:text/html,x' };
    const blocks = [
      { type: 'rich_text', elements: [link] },
      { type: 'actions', elements: [button] },
      { type: 'image', image_url: 'http://x.example/a.png' },
    ];
    assert.doesNotMatch(JSON.stringify(toSegments({ blocks })), /javascript:|data:|http:/);
  });

  it('lets no payload name an element of the page', () => {
    const blocks = [
      {
        type: 'section',
        block_id: 'page',
        text: { type: 'mrkdwn', text: 'x' },
        accessory: { type: 'button', action_id: 'main' },
      },
    ];
    assert.doesNotMatch(JSON.stringify(toSegments({ blocks })), /page|main/);
  });

  it('reads the marks of verbatim text, as Slack does', () => {
    const text = { type: 'mrkdwn', text: '*Status*', verbatim: true };
    assert.doesNotMatch(JSON.stringify(toSegments({ blocks: [{ type: 'section', fields: [text] }] })), /verbatim/);
  });

  it('draws a menu beside the block whose accessory it is', () => {
    const menu = { type: 'overflow', options: [{ text: { text: 'Mute' }, value: 'mute' }] };
    const text = { type: 'mrkdwn', text: '*<https://x.example|Down: db-1:9100>*' };
    const blocks = [{ type: 'section', text, accessory: menu }, divider];
    const [segment] = toSegments({ blocks });
    assert.deepEqual(
      segment?.parts.map((part) => [part.kind, 'buttons' in part && part.buttons.map(({ label }) => label)]),
      [
        ['beside', ['Mute']],
        ['blocks', false],
      ],
    );
  });

  it('reads the text of a section as Slack does, whatever stands in the label of a link', () => {
    const text = {
      type: 'mrkdwn',
      text: '✅ *<https://x.example/?a&amp;b|Down: a@b.example:9100>*  <@U1> · *b* &lt;i&gt;',
    };
    const [segment] = toSegments({ blocks: [{ type: 'section', text }] });
    const [part] = segment?.parts ?? [];
    assert.deepEqual(part?.kind === 'blocks' && part.blocks, [
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_section',
            elements: [
              { type: 'text', text: '✅ ' },
              {
                type: 'link',
                url: 'https://x.example/?a&b',
                text: 'Down: a@b.example:9100',
                style: { bold: true },
              },
              { type: 'text', text: '  ' },
              { type: 'user', user_id: 'U1' },
              { type: 'text', text: ' · ' },
              { type: 'text', text: 'b', style: { bold: true } },
              { type: 'text', text: ' <i>' },
            ],
          },
        ],
      },
    ]);
  });

  it('says of a block it cannot draw what it is', () => {
    assert.match(
      JSON.stringify(toSegments({ blocks: [{ type: 'video', video_url: 'https://x.example' }] })),
      /A block of type video/,
    );
  });

  it('draws any payload as something', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (blocks, attachments) =>
        assert.ok(toSegments({ blocks, attachments }).length > 0),
      ),
    );
  });
});

describe('drawing Discord’s Markdown', () => {
  it('reads the marks that Discord knows', () => {
    const types = parseInline('**a** *b* _c_ __d__ ~~e~~ ||f|| `g` <t:1700000000:R> <@1> [h](https://x.example)').map(
      ({ type }) => type,
    );
    assert.deepEqual(
      types.filter((type) => type !== 'text'),
      ['strong', 'emphasis', 'emphasis', 'underline', 'strike', 'spoiler', 'code', 'time', 'mention', 'link'],
    );
  });

  it('reads lines as headings, quotes, lists and small print', () => {
    const types = parseDiscordMarkdown('# a\n> b\n- c\n  - d\n1. e\n-# f\n```js\n# g\n```').map(({ type }) => type);
    assert.deepEqual(types, ['heading', 'quote', 'list', 'list', 'subtext', 'code']);
  });

  it('makes no link of another scheme', () => {
    assert.deepEqual(parseInline('[x](javascript:alert(1))'), [{ type: 'text', text: '[x](javascript:alert(1))' }]);
  });

  it('reads escaped text as exactly that text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab1 *_~`|<>[]()\\:/#-+.@!'), maxLength: 40 }), (text) => {
        const blocks = parseDiscordMarkdown(`x ${escapeDiscord(text)}`);
        assert.equal(said(blocks).replaceAll('\u200B', ''), `x ${text}`);
      }),
    );
  });

  it('reads any text', () => {
    const marks = fc.string({ unit: fc.constantFrom(...'*_~`|<>[]()\\ \n-#1.a'), maxLength: 300 });
    fc.assert(fc.property(marks, (text) => assert.ok(parseDiscordMarkdown(text))));
  });

  it('reads marks nested deeper than any stack', () => {
    for (const text of ['> '.repeat(20_000), '*'.repeat(40_000)]) assert.ok(parseDiscordMarkdown(text).length > 0);
  });
});

describe('the command behind a drawn button', () => {
  const ask = { title: 'Sure?', text: '', yes: 'Yes' };
  const mute = { label: 'Mute', command: 'mute', options: { endpoint: 'api' }, confirm: ask };

  it('is the action whose command it carries, with what must be asked', () => {
    assert.equal(
      findAction([{ label: 'Mute', command: 'mute', options: {} }, mute], {
        label: 'Mute',
        url: undefined,
        token: encodeAction(mute),
      })?.confirm,
      ask,
    );
  });

  it('is found by a label that was cut', () => {
    assert.equal(findAction([mute], { label: 'Mu…', url: undefined, token: 'short:1' }), mute);
  });

  it('is what the button carries where the message knows nothing of it', () => {
    const found = findAction([], { label: 'Show all', url: undefined, token: 'event|event=7' });
    assert.deepEqual(found, { label: 'Show all', command: 'event', options: { event: '7' } });
  });

  it('asks before it runs where the button says so', () => {
    const found = findAction([], { label: 'Delete', url: undefined, token: encodeAction(mute, true) });
    assert.equal(found?.confirm?.title, 'Delete?');
  });

  it('is none for a link', () => {
    assert.equal(findAction([mute], { label: 'Mute', url: 'https://x.example', token: '' }), undefined);
  });
});

const divider = { type: 'divider' };

function said(blocks: readonly DiscordBlock[]): string {
  return blocks
    .map((block) =>
      'children' in block
        ? (block.children as readonly (DiscordBlock | DiscordInline)[]).map(saidBy).join('')
        : `(${block.type})`,
    )
    .join('\n');
}

function saidBy(node: DiscordBlock | DiscordInline): string {
  return node.type === 'text' ? node.text : `(${node.type})`;
}
