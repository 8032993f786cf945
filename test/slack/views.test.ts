import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Option } from '../../src/core/command/command.ts';
import { reply } from '../../src/core/command/reply.ts';
import { toFormView } from '../../src/platforms/slack/conversation/form-view.ts';
import { toHomeView } from '../../src/platforms/slack/conversation/home-view.ts';
import { readForm } from '../../src/platforms/slack/conversation/read-form.ts';
import { parseMarkdown } from '../../src/render/markdown/markdown.ts';
import { anyCharacter } from '../any-text.ts';
import { validateSlackMessage } from '../doubles/slack/limits.ts';
import { validateView } from '../doubles/slack/web-api/view-limits.ts';

const text = fc.oneof(
  fc.string({ unit: anyCharacter, maxLength: 4_000 }),
  fc.constantFrom(
    '',
    '   ',
    '<!channel>',
    '👩‍👩‍👧‍👦'.repeat(80),
    'ا'.repeat(500),
    'e\u0301'.repeat(300),
    ':tada: *x* `y`',
  ),
);
const option: fc.Arbitrary<Option> = fc.record(
  {
    description: text,
    type: fc.constantFrom('string', 'integer', 'flag', 'duration', 'moment', 'channel', 'pairs'),
    optional: fc.constant(true as const),
    long: fc.constant(true as const),
    example: text,
    choices: fc.uniqueArray(text, { maxLength: 120 }),
  },
  { requiredKeys: ['description', 'type'] },
);

describe('views in Slack', () => {
  it('are forms that Slack takes, whatever they ask for', () => {
    const name = fc.stringMatching(/^[a-z]{1,20}$/);
    fc.assert(
      fc.property(
        fc.dictionary(name, option, { minKeys: 1, maxKeys: 8 }),
        text,
        text,
        text,
        (options, title, given, label) => {
          const [first = ''] = Object.keys(options);
          const form = { command: 'x', title, ask: Object.keys(options), options: { [first]: given }, submit: title };
          const lists = new Map([[first, [{ value: label, label: given }]]]);
          const view = toFormView(form, { options, lists, searched: new Map(), channels: new Map(), metadata: given });
          assert.deepEqual(view ? validateView({ ...view }) : [], []);
        },
      ),
    );
  });

  it('ask for words where a list would be longer than Slack takes', () => {
    const elementOf = (count: number) => {
      const choices = Array.from({ length: count }, (_, index) => `choice ${index}`);
      const options = { room: { type: 'string' as const, description: 'Which', choices } };
      return JSON.stringify(
        toFormView(aForm(), { options, lists: new Map(), searched: new Map(), channels: new Map(), metadata: '' }),
      );
    };
    assert.match(elementOf(100), /static_select/);
    assert.match(elementOf(101), /plain_text_input/);
  });

  it('are no form at all where one would have to remember more than Slack lets it', () => {
    const options = { room: { type: 'string' as const, description: 'Which' } };
    const viewWith = (length: number) =>
      toFormView(aForm(), {
        options,
        lists: new Map(),
        searched: new Map(),
        channels: new Map(),
        metadata: 'x'.repeat(length),
      });
    assert.ok(viewWith(3_000));
    assert.equal(viewWith(3_001), undefined);
  });

  it('are a Home tab that Slack takes, whatever there is', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text), { maxLength: 4 }), (parts) => {
        const table = '| a | b |\n|---|---|\n| 1 | 2 |\n';
        const replies = parts.map(([title, body]) =>
          reply(`${table}\n${body}`, { title, fields: [{ name: title, value: body }] }),
        );
        const home = toHomeView(replies, parseMarkdown);
        assert.deepEqual(validateView(home), []);
        for (const block of home.blocks) assert.deepEqual(validateSlackMessage({ text: 'x', blocks: [block] }), []);
      }),
    );
  });

  it('give nothing for a state that no form of ours has', () => {
    fc.assert(
      fc.property(fc.anything(), (values) => {
        assert.equal(typeof readForm({ state: { values } }), 'object');
      }),
    );
  });
});

const aForm = () => ({ command: 'x', title: 'X', ask: ['room'], options: {}, submit: 'Go' });
