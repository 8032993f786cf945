import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { decodeAction } from '../../src/core/message/action-text.ts';
import { escapeMarkdown, type Message, toMessage } from '../../src/core/message/message.ts';
import type { Block } from '../../src/core/message/tree.ts';
import { toSlackMessage } from '../../src/platforms/slack/message/to-slack-message.ts';
import { aMessageOfWords, anyMessage, parseWords } from '../doubles/messages.ts';
import { slackPings, validateSlackMessage } from '../doubles/slack/limits.ts';

const MORE = { label: 'Show all', command: 'show', options: { event: '42' } };

describe('a message on Slack', () => {
  it('is accepted whatever it holds', () => {
    fc.assert(
      fc.property(anyMessage, ({ message, parseMarkdown }) => {
        const payload = toSlackMessage({ ...message, more: MORE }, { parseMarkdown });
        assert.deepEqual(validateSlackMessage(payload), []);
        assert.deepEqual(JSON.parse(JSON.stringify(payload)), payload);
      }),
      { numRuns: 150 },
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
      { numRuns: 150 },
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
      { numRuns: 60 },
    );
  });

  it('has something to show even when the message is empty', () => {
    const payload = toSlackMessage(toMessage({}), { parseMarkdown: () => [] });
    assert.deepEqual(validateSlackMessage(payload), []);
    assert.equal(payload.blocks.length, 1);
  });

  it('shows the title above the bar as a link, and the rest behind the colour', () => {
    const payload = slack({
      severity: 'critical',
      title: { text: 'Disk full', url: 'https://x.example/1' },
      body: 'on db1',
    });
    assert.deepEqual(payload.blocks, [
      richText({ type: 'link', url: 'https://x.example/1', text: 'Disk full', style: { bold: true } }),
    ]);
    assert.equal(payload.attachments[0]?.color, '#e01e5a');
    assert.deepEqual(payload.attachments[0]?.blocks, [richText({ type: 'text', text: 'on db1' })]);
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
        children: [{ type: 'link', url: 'https://evil.example/', children: [{ type: 'text', text }] }],
      },
    ];
    const payload = toSlackMessage(toMessage({ body: 'x' }), { parseMarkdown: () => body });
    assert.match(JSON.stringify(payload), /\(evil\.example\)/);
  });

  it('names the host of a link whose label names another', () => {
    const { blocks } = slack({ title: { text: 'paypal.com', url: 'https://evil.example/' } });
    assert.match(JSON.stringify(blocks), /"paypal\.com \(evil\.example\)"/);
  });

  it('turns a link that may not be followed into text', () => {
    const payload = slack({
      title: { text: 'Click', url: 'javascript:alert(1)' },
      actions: [{ label: 'Open', url: 'javascript:alert(1)' }],
    });
    assert.doesNotMatch(JSON.stringify(payload), /javascript/);
    assert.match(JSON.stringify(payload), /1 more button/);
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

  it('carries a command in the button, asks first, and tucks the rest into a menu', () => {
    const confirm = { title: 'Remove `api`?', text: 'Its URL stops working.', yes: 'Remove' };
    const actions = [
      {
        label: 'Remove',
        command: 'remove',
        options: { endpoint: 'a|p=i' },
        style: 'danger' as const,
        confirm,
        tucked: true,
      },
      ...['1h', '1d'].map((time) => ({ label: `Mute ${time}`, command: 'mute', options: { for: time }, tucked: true })),
    ];
    const block = slack({ title: { text: 'x' }, actions }).attachments[0]?.blocks.at(-1);
    assert.ok(block?.type === 'actions');
    const [button, menu] = block.elements;
    assert.ok(button?.type === 'button' && menu?.type === 'overflow');
    assert.deepEqual(decodeAction(button.value ?? ''), {
      command: 'remove',
      options: { endpoint: 'a|p=i' },
      ask: false,
    });
    assert.equal(button.confirm?.confirm.text, 'Remove');
    assert.deepEqual(
      menu.options.map(({ value }) => value),
      ['mute|for=1h', 'mute|for=1d'],
    );
  });

  it('cuts a body between graphemes and says how much is missing', () => {
    const payload = slack({ title: { text: 'Long' }, body: '👩‍👩‍👧‍👦'.repeat(2000) });
    assert.match(JSON.stringify(payload), /(?:👩‍👩‍👧‍👦)…"/);
    assert.match(JSON.stringify(payload), /… [\d,]+ more characters/);
  });

  it('stays under what Slack counts, where an ampersand weighs five', () => {
    assert.deepEqual(validateSlackMessage(slack({ title: { text: 'Long' }, body: 'a & b '.repeat(3000) })), []);
  });

  it('notifies with one line that makes sense alone', () => {
    assert.equal(
      slack({ title: { text: 'ada opened #12' }, body: 'Fix & run\nsoon' }).text,
      'ada opened #12 — Fix &amp; run · soon',
    );
    assert.equal(slack({ title: { text: 'ada opened #12' }, summary: 'short' }).text, 'short');
  });
});

function slack(parts: Partial<Message>) {
  return toSlackMessage(toMessage(parts), { parseMarkdown: parseWords });
}

function richText(...elements: object[]) {
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] };
}

function item(text: string, ...inner: Block[]) {
  const paragraph: Block = { type: 'paragraph', children: [{ type: 'text', text }] };
  return { children: [paragraph, ...inner] };
}
