import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { decodeAction } from '../../src/core/message/action-text.ts';
import { markColors, markGlyphs, marks } from '../../src/core/message/mark.ts';
import { cleanCommand, escapeMarkdown, type MessageParts, toMessage } from '../../src/core/message/message.ts';
import { type LinkUrl, linkUrl } from '../../src/core/message/safe-link.ts';
import type { Block } from '../../src/core/message/tree.ts';
import { toSlackMessage } from '../../src/platforms/slack/message/to-slack-message.ts';
import { aMessageOfWords, anyMessage, parseWords } from '../doubles/messages.ts';
import { slackPings, validateSlackMessage } from '../doubles/slack/limits.ts';
import { runs } from '../runs.ts';

const MORE = cleanCommand({ label: 'Show all', command: 'show', options: { event: '42' } });
const MENU = { label: '⋯', command: 'menu', options: { event: '42' } };

describe('a message on Slack', () => {
  it('is accepted whatever it holds', () => {
    fc.assert(
      fc.property(anyMessage, ({ message, parseMarkdown }) => {
        const payload = toSlackMessage({ ...message, more: MORE }, { parseMarkdown });
        assert.deepEqual(validateSlackMessage(payload), []);
        assert.deepEqual(JSON.parse(JSON.stringify(payload)), payload);
      }),
      { numRuns: runs(150) },
    );
  });

  it('pings nobody but those it mentions, and no text of it becomes markup', () => {
    fc.assert(
      fc.property(anyMessage, ({ message, parseMarkdown }) => {
        const meant = message.mentions.map(({ ids }) => ids.slack).filter((id) => /^[UWS]/.test(id ?? ''));
        const found = slackPings(toSlackMessage(message, { parseMarkdown }));
        assert.deepEqual(
          found.filter((ping) => !meant.includes(ping)),
          [],
        );
      }),
      { numRuns: runs(150) },
    );
  });

  it('drops nothing without saying so, and offers the rest', () => {
    fc.assert(
      fc.property(aMessageOfWords, ({ message, words }) => {
        const written = JSON.stringify(
          toSlackMessage({ ...message, more: MORE }, { parseMarkdown: parseWords }),
        ).replaceAll('\\n', ' ');
        const missing = words.filter((word) => !new RegExp(`\\b${word}\\b`).test(written));
        assert.equal(missing.length > 0, written.includes('Show all'));
        assert.equal(missing.length > 0, written.includes('… '));
      }),
      { numRuns: runs(60) },
    );
  });

  it('has something to show even when the message is empty', () => {
    const payload = toSlackMessage(toMessage({}), { parseMarkdown: () => [] });
    assert.deepEqual(validateSlackMessage(payload), []);
    assert.equal(payload.blocks.length, 1);
  });

  it('begins with its mark and its linked first line above the bar, and has the rest behind the colour', () => {
    const payload = slack({
      severity: 'critical',
      title: { text: 'Disk full', url: 'https://x.example/1' },
      body: 'on db1',
    });
    assert.deepEqual(payload.blocks, [section('❌ *<https://x.example/1|Disk full>*')]);
    assert.equal(payload.attachments[0]?.color, '#e01e5a');
    assert.deepEqual(payload.attachments[0]?.blocks, [richText({ type: 'text', text: 'on db1' })]);
  });

  it('says how a thing stands by a mark of its own shape, and by the colour besides', () => {
    for (const mark of marks) {
      const { text, blocks, attachments } = slack({ mark, title: { text: 'Build 7' }, body: 'x' });
      const line = [markGlyphs[mark], 'Build 7'].filter(Boolean).join(' ');
      assert.equal(text, line);
      assert.deepEqual(blocks, [section(line.replace('Build 7', '*Build 7*'))]);
      assert.equal(attachments[0]?.color, `#${markColors[mark].toString(16)}`);
    }
    assert.equal(new Set(Object.values(markGlyphs)).size, marks.length);
  });

  it('shows characters that would style its first line as ones that look alike', () => {
    const { blocks } = slack({ title: { text: 'Use `a` in *.ts, not _b_ or ~c~ :tada:' } });
    assert.deepEqual(blocks, [section('*Use ˋaˋ in ∗.ts, not ˍbˍ or ∼c∼ :\u200Btada:*')]);
  });

  it('keeps a first line whose address is longer than a section takes', () => {
    const url = `https://x.example/?${'a=b&'.repeat(495)}`;
    const { blocks } = slack({ title: { text: 'Disk full', url } });
    assert.deepEqual(blocks, [richText({ type: 'link', url, text: 'Disk full', style: { bold: true } })]);
  });

  it('says in small at its foot who did it, where it came from and when', () => {
    const { attachments } = slack({
      title: { text: 'Disk full' },
      author: { name: 'ada', url: 'https://x.example/ada', icon: 'https://x.example/ada.png' },
      footer: 'acme/api · production · GitHub',
      occurredAt: '2026-03-01T10:00:00Z',
    });
    const moment = '<!date^1772359200^{date_short_pretty} {time} ({ago})|2026-03-01 10:00 UTC>';
    assert.deepEqual(attachments[0]?.blocks, [
      {
        type: 'context',
        elements: [
          { type: 'image', image_url: 'https://x.example/ada.png', alt_text: 'ada' },
          mrkdwn(`<https://x.example/ada|ada> · acme/api · production · GitHub · ${moment}`),
        ],
      },
    ]);
  });

  it('is one line where it is compact', () => {
    const { blocks, attachments } = slack({
      density: 'compact',
      severity: 'good',
      title: { text: 'ada merged #12', url: 'https://x.example/12' },
      footer: 'acme/api · GitHub',
      occurredAt: '2026-03-01T10:00:00Z',
    });
    assert.deepEqual(blocks, [section('✅ *<https://x.example/12|ada merged #12>* · acme/api · GitHub')]);
    assert.deepEqual(attachments, []);
  });

  it('shows about six lines of a body where it is normal, and the beginning of a long value', () => {
    const body = Array.from({ length: 30 }, (_, index) => `line${index}w`).join('\n');
    const fields = [{ name: 'Log', value: `${'word '.repeat(60)}end` }];
    const written = JSON.stringify(slack({ density: 'normal', title: { text: 'Alert' }, body, fields }));
    assert.match(written, /line5w/);
    assert.doesNotMatch(written, /line6w|end|more/);
    assert.match(JSON.stringify(slack({ density: 'full', title: { text: 'Alert' }, body, fields })), /line29w.*end/);
  });

  it('pings from above the bar, because mentions behind it may go unnoticed', () => {
    const mentions = [
      { name: 'ada', ids: { slack: 'U0ADA' } },
      { name: 'ops', ids: { slack: 'S0OPS' } },
    ];
    const { blocks } = slack({ title: { text: 'Review wanted' }, mentions });
    assert.deepEqual(slackPings({ text: '', blocks }), ['U0ADA', 'S0OPS']);
  });

  it('names the host of a link whose label is too long to be looked through', () => {
    const text = `${'long '.repeat(440)}https://github.com`;
    const body: Block[] = [
      {
        type: 'paragraph',
        children: [{ type: 'link', url: aLink('https://evil.example/'), children: [{ type: 'text', text }] }],
      },
    ];
    const payload = toSlackMessage(toMessage({ body: 'x' }), { parseMarkdown: () => body });
    assert.match(JSON.stringify(payload), /\(evil\.example\)/);
  });

  it('names the host of a link whose label names another', () => {
    const { blocks } = slack({ title: { text: 'paypal.com', url: 'https://evil.example/' } });
    assert.match(JSON.stringify(blocks), /\|paypal\.com \(evil\.example\)>/);
  });

  it('has no link that may not be followed', () => {
    const payload = slack({
      title: { text: 'Click', url: 'javascript:alert(1)' },
      actions: [{ label: 'Open', url: 'javascript:alert(1)' }],
    });
    assert.deepEqual([payload.blocks, payload.attachments], [[section('*Click*')], []]);
  });

  it('puts fields two to a row, and those mrkdwn would disfigure into rich text', () => {
    const fields = [
      { name: 'Host', value: 'db1' },
      { name: 'Rule', value: escapeMarkdown('*any* :fire:') },
    ];
    const [section, rich] = slack({ title: { text: 'Alert' }, fields }).attachments[0]?.blocks ?? [];
    assert.deepEqual(section, { type: 'section', fields: [{ type: 'mrkdwn', text: '*Host*\ndb1', verbatim: true }] });
    assert.deepEqual(
      rich,
      richText(
        { type: 'text', text: 'Rule', style: { bold: true } },
        { type: 'text', text: '  ' },
        { type: 'text', text: '*any* :fire:' },
      ),
    );
  });

  it('shows its only field, where it is short, on one line', () => {
    const blocksOf = (value: string) =>
      JSON.stringify(
        slack({ title: { text: 'Opened' }, fields: [{ name: 'Reviewers', value }] }).attachments[0]?.blocks,
      );
    assert.match(blocksOf('mona, tux'), /"Reviewers".*"mona, tux"/);
    assert.doesNotMatch(blocksOf('mona, tux'), /"fields"/);
    assert.match(blocksOf('mona, '.repeat(20)), /"fields"/);
  });

  it('nests lists by indentation and keeps counting after the inner one', () => {
    const inner: Block = { type: 'list', ordered: false, start: 1, items: [item('b')] };
    const list: Block = { type: 'list', ordered: true, start: 1, items: [item('a', inner), item('c')] };
    const [block] = toSlackMessage(toMessage({}), { parseMarkdown: () => [list] }).blocks;
    const shape =
      block?.type === 'rich_text' &&
      block.elements.map((part) => 'indent' in part && [part.style, part.indent, part.offset ?? 0]);
    assert.deepEqual(shape, [
      ['ordered', 0, 0],
      ['bullet', 1, 0],
      ['ordered', 0, 1],
    ]);
  });

  it('shows the first table as a table and fills empty cells', () => {
    const table: Block = { type: 'table', columns: ['left', 'right'], rows: [[[{ type: 'text', text: 'Name' }], []]] };
    const payload = toSlackMessage(toMessage({}), { parseMarkdown: () => [table, table] });
    assert.deepEqual(
      payload.blocks.map(({ type }) => type),
      ['table', 'rich_text'],
    );
    assert.deepEqual(validateSlackMessage(payload), []);
  });

  it('carries a command in the button, and asks first', () => {
    const confirm = { title: 'Remove `api`?', text: 'Its URL stops working.', yes: 'Remove' };
    const options = { endpoint: 'a|p=i' };
    const actions = [
      { label: 'Remove', command: 'remove', options, style: 'danger' as const, confirm, tucked: true },
      ...mutes(2),
    ];
    const block = slack({ title: { text: 'x' }, actions }).attachments[0]?.blocks.at(-1);
    assert.ok(block?.type === 'actions');
    const [button, ...others] = block.elements;
    assert.ok(button?.type === 'button' && others.length === 0);
    assert.deepEqual(decodeAction(button.value ?? ''), { command: 'remove', options, ask: false });
    assert.equal(button.confirm?.confirm.text, 'Remove');
  });

  it('tucks the rest into a menu beside its first line, which takes no row', () => {
    const link = { label: 'Graph', url: 'https://x.example/graph', tucked: true };
    const payload = slack({ title: { text: 'Disk full' }, actions: [...mutes(2), link] });
    assert.deepEqual(menuOf(payload), ['Mute 1h', 'Mute 2h', 'Graph']);
    assert.deepEqual(payload.attachments, []);
  });

  it('leads from that menu to a longer one where five entries do not hold it', () => {
    const payload = slack({ title: { text: 'Disk full' }, actions: mutes(6), menu: MENU });
    assert.deepEqual(menuOf(payload), ['Mute 1h', 'Mute 2h', 'Mute 3h', 'Mute 4h', 'More…']);
    assert.deepEqual(payload.attachments, []);
  });

  it('has the menu among the buttons where there is no first line', () => {
    const [, block] = slack({ body: 'Muted.', actions: mutes(2) }).blocks;
    assert.deepEqual(block?.type === 'actions' && block.elements.map(({ type }) => type), ['overflow']);
  });

  it('cuts a body between graphemes and says how much is missing', () => {
    const payload = slack({ title: { text: 'Long' }, body: '👩‍👩‍👧‍👦'.repeat(2000) });
    assert.match(JSON.stringify(payload), /(?:👩‍👩‍👧‍👦)…"/);
    assert.match(JSON.stringify(payload), /… [\d,]+ more characters/);
  });

  it('stays under what Slack counts, where an ampersand weighs five', () => {
    assert.deepEqual(validateSlackMessage(slack({ title: { text: 'Long' }, body: 'a & b '.repeat(3000) })), []);
  });

  it('notifies with its first line', () => {
    assert.equal(slack({ title: { text: 'ada opened #12' }, body: 'Fix & run\nsoon' }).text, 'ada opened #12');
    assert.equal(slack({ body: 'Fix & run\nsoon' }).text, 'Fix &amp; run · soon');
  });
});

function slack(parts: Partial<MessageParts>) {
  return toSlackMessage(toMessage(parts), { parseMarkdown: parseWords });
}

function mutes(count: number) {
  return Array.from({ length: count }, (_, index) => ({
    label: `Mute ${index + 1}h`,
    command: 'mute',
    options: { for: `${index + 1}h` },
    tucked: true,
  }));
}

function menuOf({ blocks: [first] }: ReturnType<typeof slack>) {
  return first && 'accessory' in first ? first.accessory?.options.map(({ text }) => text.text) : undefined;
}

function aLink(address: string): LinkUrl {
  const url = linkUrl(address);
  assert.ok(url);
  return url;
}

function mrkdwn(text: string) {
  return { type: 'mrkdwn', text, verbatim: true };
}

function section(text: string) {
  return { type: 'section', text: mrkdwn(text) };
}

function richText(...elements: object[]) {
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] };
}

function item(text: string, ...inner: Block[]) {
  const paragraph: Block = { type: 'paragraph', children: [{ type: 'text', text }] };
  return { children: [paragraph, ...inner] };
}
