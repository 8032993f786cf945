import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { plainText } from '../../src/core/message/tree-text.ts';
import { parseMarkdown } from '../../src/render/markdown/markdown.ts';
import { createDraft, type Draft } from '../../src/render/template/draft.ts';
import { createEnvironment } from '../../src/render/template/environment.ts';
import { helpers } from './a-composer.ts';

const compile = createEnvironment({ helpers, partials: () => undefined });
const receivedAt = new Date('2026-01-02T03:04:05Z');
const data = {
  type: 'push',
  provider: 'shop',
  about: { title: 'About' },
  endpoint: 'orders',
  receivedAt: receivedAt.toISOString(),
  verified: true,
};

describe('the example of the helper', () => {
  for (const [name, { example, given, gives, summary }] of helpers)
    it(`${name} gives what its file says: ${example}`, () => {
      assert.match(example, new RegExp(`[{(]${name} `));
      assert.match(summary, /[.!]$/);
      assert.equal(shown(example, given), gives);
    });
});

describe('helpers that reckon', () => {
  it('keep every digit of whole numbers, and leave out the dust of binary fractions', () => {
    const say = (source: string, payload = {}) => shown(source, payload);
    assert.equal(say('{{add "9007199254740993" 1}}'), '9007199254740994');
    assert.equal(say('{{subtract 1 "9007199254740993"}}'), '-9007199254740992');
    assert.equal(say('{{multiply "9007199254740993" 10}}'), '90071992547409930');
    assert.equal(say('{{add 0.1 0.2}} {{multiply 1.1 3}} {{subtract 0.3 0.1}}'), '0.3 3.3 0.2');
    assert.equal(
      say('{{round 1.005 digits=2}} {{round 2.5}} {{round -1.5 to="down"}} {{round 1.01 to="up"}}'),
      '1.01 3 -2 2',
    );
    assert.equal(say('{{min list}} {{max list 12}} {{max none}}', { list: [3, '1', 'x'] }), '1 12');
  });

  it('print nothing where a number is missing, and nothing divided by 0', () => {
    assert.equal(shown('{{add 1 none}}|{{subtract "x" 1}}|{{divide 1 0}}|{{divide 1 none}}', {}), '|||');
  });

  it('add whole numbers as they are, whatever their size', () => {
    const whole = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n });
    fc.assert(
      fc.property(whole, whole, (a, b) => {
        const payload = { a: String(a), b: String(b) };
        assert.equal(shown('{{add a b}} {{subtract a b}}', payload), `${a + b} ${a - b}`);
      }),
    );
  });

  it('say the sign of a change, and none of what is nothing', () => {
    assert.equal(
      shown('{{signed 12}} {{signed -3}} {{signed 0}} {{signed "x"}} {{signed 1234.5}}', {}),
      '+12 -3 0 x +1,234.5',
    );
  });
});

describe('helpers for moments', () => {
  it('write a day in the zone that is asked for, and one without a time as it is', () => {
    const payload = { at: '2026-03-01T23:30:00Z', day: '2026-03-01' };
    assert.equal(
      shown('{{date at}} {{date at zone="Asia/Tokyo"}} {{date day zone="America/New_York"}} {{date "soon"}}', payload),
      '1 Mar 2026 2 Mar 2026 1 Mar 2026 soon',
    );
    assert.match(shown('{{date at time=true}}', payload), /^1 Mar 2026, 23:30 UTC$/);
    assert.equal(shown('{{date at zone="Nowhere/Else"}}', payload), '1 Mar 2026');
  });

  it('count from the moment at which the event arrived', () => {
    assert.equal(shown('{{since "2026-01-01T03:04:05Z"}}|{{since "2027-01-01"}}|{{since "x"}}', {}), '1 d||');
  });
});

describe('helpers for lists', () => {
  const jobs = [{ name: 'b', n: 10 }, { name: 'a', n: '9' }, { name: 'c' }, { name: 'b', n: 2 }];

  it('sort by number before text, with what is missing last, and keep the order of like ones', () => {
    const ns = (source: string) => shown(`{{#each ${source}}}{{default n "-"}} {{/each}}`, { jobs });
    assert.equal(ns('(sort jobs "n")'), '2 9 10 -');
    assert.equal(ns('(sort jobs "n" order="descending")'), '10 9 2 -');
    assert.equal(ns('(sort jobs "name")'), '9 10 2 -');
    assert.equal(shown('{{sort list}}', { list: ['b', 'A', 3, '10', ''] }), '3, 10, A, b');
  });

  it('find what is the same, and put together what belongs together', () => {
    assert.equal(shown('{{join (pluck (unique jobs "name") "name") ""}}', { jobs }), 'bac');
    assert.equal(shown('{{#each (group jobs "name")}}{{key}}{{count}} {{/each}}', { jobs }), 'b2 a1 c1');
  });

  it('are nothing where there is nothing in them', () => {
    assert.equal(
      shown('{{list none}}{{table none "name"}}{{table jobs "none"}}{{diff "a" "a"}}{{sort none}}', { jobs }),
      '',
    );
  });

  it('become tables and bullets that no value can break out of', () => {
    const hostile = '| a | `b` \n\n# c\n- d [e](https://x.example) <@U1>';
    const [table, ...others] = parseMarkdown(
      printed('{{table rows "x" Y="y"}}', { rows: [{ x: hostile, y: hostile }] }),
    );
    assert.deepEqual([table?.type, others.length], ['table', 0]);
    const [bullets, ...rest] = parseMarkdown(printed('{{list rows}}', { rows: [hostile, hostile] }));
    assert.deepEqual([bullets?.type, rest.length], ['list', 0]);
    const [block, ...more] = parseMarkdown(printed('{{diff "a" x}}', { x: '```\n# b' }));
    assert.deepEqual([block?.type, more.length], ['code', 0]);
  });
});

describe('helpers for addresses', () => {
  it('take an address apart, and give nothing for what is none', () => {
    const url = 'https://shop.example:8080/a%20b/c?x=1&y=2#z';
    assert.equal(
      shown(
        '{{urlpart url}} {{urlpart url "path"}} {{urlpart url "query"}} {{urlpart url "hash"}} {{urlpart url param="y"}}',
        { url },
      ),
      'shop.example:8080 /a b/c x=1&y=2 z 2',
    );
    assert.equal(
      shown('{{urlpart "no address" "host"}}{{urlpart url "else"}}{{urlpart "mailto:a@b.example" "origin"}}', { url }),
      '',
    );
  });
});

describe('regular expressions', () => {
  it('find, take groups, and replace', () => {
    const payload = { text: 'release v1.2.3 of door' };
    assert.equal(
      shown(String.raw`{{match text "v(\d+)\.(\d+)" group=2}} {{match text "v[\d.]+"}}`, payload),
      '2 v1.2.3',
    );
    assert.equal(shown(String.raw`{{rewrite text "v(\d+)\S*" "version $1"}}`, payload), 'release version 1 of door');
    assert.equal(
      shown('{{match text "("}}|{{rewrite text "(" "x"}}|{{match text "z"}}', payload),
      '|release v1.2.3 of door|',
    );
  });

  it('end for patterns that others never finish with, and stop a template that asks for too much', () => {
    const payload = { text: `${'a'.repeat(4_000)}!`, list: Array(2_000).fill(1) };
    const patterns = ['(a+)+$', '(a|aa)+$', '(.*a){20}$', '((a{1,100}){1,100}){1,100}', 'a{1000}{1000}', '(x+x+)+y'];
    for (const pattern of patterns) assert.doesNotThrow(() => shown(`{{match text "${pattern}"}}`, payload), pattern);
    assert.throws(
      () => shown('{{#each list}}{{match @root.text "[a-z]{1,90}[0-9]"}}{{/each}}', payload),
      /too much work for one message/,
    );
  });
});

/** What a template says: its body, and what its effects added. */
const people = [{ name: 'billing', aliases: [], ids: {}, paths: ['/src/billing/'] }];

function shown(source: string, payload: object): string {
  const draft = createDraft({ people, receivedAt });
  const body = plainText(parseMarkdown(compile(source)(payload, data, draft).trim()));
  return [body, ...effectsOf(draft)]
    .filter(Boolean)
    .join('\n')
    .replace(/[\u00A0\s]+/g, ' ')
    .trim();
}

function printed(source: string, payload: object): string {
  return compile(source)(payload, data, createDraft({ people: [], receivedAt }));
}

function effectsOf({ title, severity, mark, author, fields, actions, footer, image, occurredAt, fold }: Draft) {
  const inText = (markdown: string) => plainText(parseMarkdown(markdown));
  return [
    title && (title.url ? `${title.text} → ${title.url}` : title.text),
    severity && `severity: ${severity}`,
    mark && `mark: ${mark}`,
    author?.name,
    ...fields.map(({ name, value }) => `${name}: ${inText(value)}`),
    ...actions.map(({ label, url }) => `[${label}] ${url}`),
    footer,
    image?.alt,
    occurredAt,
    fold === undefined ? undefined : `fold: ${fold}`,
  ];
}
