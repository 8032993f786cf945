import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { flavourOf, toMarkup, toPlain } from '../../src/reading/markup/markup.ts';
import { runs } from '../runs.ts';
import { readWhole } from './read-whole.ts';

const body = (text: string) => readWhole({ title: 'Lamp', description: text }).message.body;

describe('markup in a text', () => {
  for (const [kind, text, expected] of [
    ['HTML', '<p>It is <b>very</b> hot.<br>Open &amp; wait</p>', 'It is **very** hot\\.\nOpen \\& wait'],
    ['lists of HTML', '<ul><li>North</li><li>South</li></ul>', '- North\n- South'],
    ['links of HTML', '<a href="https://lamps.example/7">The lamp</a>', '[The lamp](<https://lamps.example/7>)'],
    ['Jira wiki', 'h2. Steps\n* Open the *valve*\n* Type {{now}}', '**Steps**\n- Open the **valve**\n- Type `now`'],
    ['links of Jira wiki', 'See [the guide|https://w.example/g] first', 'See [the guide](<https://w.example/g>) first'],
    [
      'Slack mrkdwn',
      'A *bold* and <https://lamps.example/7|linked> lamp',
      'A **bold** and [linked](<https://lamps.example/7>) lamp',
    ],
    [
      'Markdown',
      'A **bold** and [linked](https://lamps.example/7) lamp',
      'A **bold** and [linked](https://lamps.example/7) lamp',
    ],
  ] as const)
    it(`is turned: ${kind}`, () => assert.equal(body(text).trim(), expected));

  it('is kept as code where a terminal wrote it, without its colours', () => {
    const shown = readWhole({ title: 'Tests', output: '\u001b[31mFAIL\u001b[0m lamp.test\n  1 failed' }).message.body;
    assert.match(shown, /```\nFAIL lamp\.test\n {2}1 failed\n```/);
  });

  it('is taken off in titles, also where a bracket is no tag', () => {
    assert.equal(
      readWhole({ title: 'Deploy of **api** to `prod` <https://a.example|done>' }).title,
      'Deploy of api to prod done',
    );
    assert.equal(readWhole({ title: 'Temperature < 5 and > 2' }).title, 'Temperature < 5 and > 2');
    assert.equal(
      readWhole({ title: 'map<string> is 2 * 3 * 4 snake_case_name' }).title,
      'map<string> is 2 * 3 * 4 snake_case_name',
    );
  });

  it('pings nobody', () => {
    const { message, title } = readWhole({
      title: 'Hey <!channel> and <@U123>',
      description: '@everyone <!here> <@U123> look',
    });
    assert.doesNotMatch(JSON.stringify([title, message]), /<[!@]/);
  });

  it('is never more than five lines of a text', () => {
    const shown = body(Array.from({ length: 60 }, (_, index) => `Line **${index + 1}**`).join('\n'));
    assert.match(shown, /\*\*5\*\*/);
    assert.doesNotMatch(shown, /\*\*6\*\*/);
  });

  it('may be broken in any way', () => {
    const pieces = fc.constantFrom(
      '<',
      '>',
      '<b>',
      '</b>',
      '<a href="',
      '[',
      '|',
      ']',
      '*',
      '_',
      '`',
      '{{',
      '}}',
      '&',
      '&amp',
      ';',
      '\n',
      '\u001b[',
      'h1. ',
      '||',
      'x',
      ' ',
      'https://a.example',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
        const text = parts.join('');
        const flavour = flavourOf(text);
        assert.equal(typeof toMarkup(text, flavour), 'string');
        assert.equal(typeof toPlain(text, flavour), 'string');
        assert.ok(readWhole({ title: text, description: text }).title);
      }),
      { numRuns: runs(500) },
    );
  });
});
