import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readWhole } from './read-whole.ts';

describe('a message made for a chat', () => {
  it('of Slack is read for its text, whatever link stands in it', () => {
    const { title, url, severity } = readWhole({
      text: 'Server *web-1* is <https://mon.example/1|down> since `10:00`',
      username: 'monitor',
      icon_emoji: ':fire:',
    });
    assert.equal(title, 'Server web-1 is down since 10:00');
    assert.deepEqual([url, severity], ['https://mon.example/1', 'critical']);
  });

  it('says its first line once, also where pictures stand around it', () => {
    for (const text of [
      ':fire: :rotating_light: *prod* is down',
      'deploy of `api` succeeded :tada:',
      '🔥 prod is down',
    ])
      assert.equal(readWhole({ text, username: 'ci' }).body, '', text);
  });

  it('keeps a block of code whole whose first line is the headline', () => {
    const fence = '```';
    const { line, message } = readWhole({ text: `${fence}\na | b\n1 | 2\n${fence}\nand more`, username: 'ci' });
    assert.equal(line, 'a | b');
    assert.equal(message.body, `${fence}\n1 | 2\n${fence}\n\nand more`);
  });

  it('of Slack is read for its attachments, their fields and their colour', () => {
    const { title, url, severity, fields } = readWhole({
      attachments: [
        {
          color: 'danger',
          title: 'Backup of nas-1',
          title_link: 'https://b.example/1',
          text: 'Ended early',
          fields: [{ title: 'Size', value: '3 GB', short: true }],
        },
      ],
    });
    assert.deepEqual(
      [title, url, severity, fields],
      ['Backup of nas-1', 'https://b.example/1', 'critical', ['Size: 3 GB']],
    );
  });

  it('of Slack is read for its blocks and the button in them', () => {
    const { title, url, fields } = readWhole({
      blocks: [
        { type: 'header', text: { type: 'plain_text', text: 'Release 4.2' } },
        {
          type: 'section',
          fields: [
            { type: 'mrkdwn', text: '*Env*\nprod' },
            { type: 'mrkdwn', text: '*By*\nAda' },
          ],
        },
        {
          type: 'actions',
          elements: [{ type: 'button', text: { type: 'plain_text', text: 'Open' }, url: 'https://r.example/4' }],
        },
      ],
    });
    assert.deepEqual([title, url, fields], ['Release 4.2', 'https://r.example/4', ['Env: prod', 'By: Ada']]);
  });

  it('of Discord is read for its embeds', () => {
    const { title, url, severity, body, fields, about } = readWhole({
      content: null,
      username: 'Backups',
      embeds: [
        {
          title: 'Backup of nas-1 failed',
          description: 'Disk **full**\nTry again',
          url: 'https://b.example/1',
          color: 0xe74c3c,
          fields: [{ name: 'Size', value: '3 GB', inline: true }],
          timestamp: '2026-05-01T10:00:00Z',
        },
      ],
    });
    assert.deepEqual([title, url, severity], ['Backup of nas-1 failed', 'https://b.example/1', 'critical']);
    assert.match(body, /Disk full.*Try again/s);
    assert.deepEqual([fields, about.occurredAt], [['Size: 3 GB'], '2026-05-01T10:00:00.000Z']);
  });

  it('of Teams is read for its sections and facts, or for its card', () => {
    const card = readWhole({
      '@type': 'MessageCard',
      themeColor: 'D00000',
      title: 'Build 12 failed',
      sections: [{ facts: [{ name: 'Branch', value: 'main' }] }],
      potentialAction: [
        { '@type': 'OpenUri', name: 'View', targets: [{ os: 'default', uri: 'https://ci.example/12' }] },
      ],
    });
    assert.deepEqual([card.title, card.url, card.severity], ['Build 12 failed', 'https://ci.example/12', 'critical']);
    assert.deepEqual(card.fields, ['Branch: main']);
    const adaptive = readWhole({
      type: 'message',
      attachments: [
        {
          contentType: 'application/vnd.microsoft.card.adaptive',
          content: {
            type: 'AdaptiveCard',
            body: [
              { type: 'TextBlock', text: 'Disk almost full' },
              { type: 'FactSet', facts: [{ title: 'Host', value: 'db-1' }] },
            ],
            actions: [{ type: 'Action.OpenUrl', title: 'Open', url: 'https://mon.example/1' }],
          },
        },
      ],
    });
    assert.deepEqual(
      [adaptive.title, adaptive.url, adaptive.fields],
      ['Disk almost full', 'https://mon.example/1', ['Host: db-1']],
    );
  });

  it('of Google Chat is read for its cards', () => {
    const { title, body, fields } = readWhole({
      cardsV2: [
        {
          card: {
            header: { title: 'Deploy done', subtitle: 'api' },
            sections: [
              {
                widgets: [
                  { textParagraph: { text: 'All <b>good</b>' } },
                  { decoratedText: { topLabel: 'Env', text: 'prod' } },
                ],
              },
            ],
          },
        },
      ],
    });
    assert.equal(title, 'Deploy done');
    assert.match(body, /All good/);
    assert.deepEqual(fields, ['Env: prod']);
  });

  it('is none where the same names mean something else', () => {
    const { title } = readWhole({
      event: 'mail.received',
      mail: { subject: 'Hello', attachments: [{ filename: 'a.pdf' }] },
      text: 'Hi',
    });
    assert.match(title, /Hello/);
  });
});
