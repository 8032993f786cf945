import assert from 'node:assert/strict';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { discover } from '../../src/app/discover.ts';
import { escapeMarkdown, SENTINEL } from '../../src/core/message/message.ts';
import { createDraft } from '../../src/render/template/draft.ts';
import { createEnvironment } from '../../src/render/template/environment.ts';
import type { Helper } from '../../src/render/template/helper.ts';
import { TemplateProblem } from '../../src/render/template/problem.ts';
import { loadTemplates } from '../../src/render/templates.ts';
import { runs } from '../runs.ts';

const helpers = await discover<Helper>(join(import.meta.dirname, '../../src/render/helpers'));
const partials: Readonly<Record<string, string>> = {
  greeting: 'Hello {{name}}',
  outer: '{{> greeting}}!',
  endless: '{{> again}}',
  again: '{{> endless}}',
};
const compile = createEnvironment({ helpers, partials: (name) => partials[name] });
const data = {
  type: 'push',
  provider: 'github',
  about: { title: 'About' },
  endpoint: 'api',
  receivedAt: '2026-01-02T03:04:05.000Z',
  verified: true,
};

describe('a template', () => {
  it('prints values as text, with two braces or three', () => {
    const payload = { x: '*a* [b](https://c.example) <@U1>' };
    const said = escapeMarkdown(payload.x);
    assert.equal(print('{{x}} {{{x}}} {{&x}}', payload), `${said} ${said} ${said}`);
  });

  it('prints lists with commas, objects as JSON and nothing for nothing', () => {
    assert.equal(print('{{list}}', { list: ['a', 1, null] }), 'a, 1');
    assert.equal(print('{{thing}}', { thing: { a: 1 } }), escapeMarkdown('{"a":1}'));
    assert.equal(print('[{{nothing}}{{not.there}}]', { nothing: null }), '[]');
  });

  it('takes a payload of any shape', () => {
    assert.equal(print('{{#each this}}{{this}};{{/each}}', ['a', 'b']), 'a;b;');
    assert.equal(print('{{this}}', 'words'), 'words');
    for (const payload of [null, undefined, 7, false]) assert.equal(print('[{{a.b}}]', payload), '[]');
  });

  it('knows its event', () => {
    assert.equal(
      print('{{@type}} {{@provider}} {{@endpoint}} {{@about.title}} {{@verified}}', {}),
      'push github api About true',
    );
  });

  it('takes a name without values as the payload says it, even where a helper has that name', () => {
    assert.equal(print('{{title}} {{count}} {{upper link}}', { title: 'T', count: 3, link: 'l' }), 'T 3 L');
  });

  it('has conditions, loops and a change of place', () => {
    const payload = { a: 0, list: [{ n: 1 }, { n: 2 }], map: { x: 'y' } };
    assert.equal(print('{{#if a}}1{{else if list}}2{{else}}3{{/if}}{{#unless a}}4{{/unless}}', payload), '24');
    assert.equal(print('{{#each list as |item i|}}{{i}}{{item.n}}{{@last}} {{/each}}', payload), '01false 12true ');
    assert.equal(print('{{#each map}}{{@key}}{{this}}{{/each}}{{#each a}}-{{else}}none{{/each}}', payload), 'xynone');
    assert.equal(print('{{#with list.[1]}}{{n}}{{../a}}{{/with}}', payload), '20');
  });

  it('leaves no blank line where only effects stand', () => {
    assert.equal(
      print('{{severity "good"}}\n{{title "T"}}\nA\n  {{#if x}}{{footer "F"}}{{/if}}\nB\n', { x: 1 }),
      'A\nB\n',
    );
    assert.equal(print('A\n{{#if x}}\n{{footer "F"}}\n{{/if}}\n\nB', { x: 1 }), 'A\n\nB');
  });

  it('uses the partials that came with Bellhop', () => {
    assert.equal(print('{{> outer}} {{> greeting name="Bob"}}', { name: 'Ann' }), 'Hello Ann! Hello Bob');
  });
});

describe('a template with a mistake', () => {
  for (const [source, message, position] of [
    ['a\n {{titel "x"}}', 'There is no helper `titel`. Did you mean `title`?', [2, 4]],
    ['{{upper (lowr x)}}', 'There is no helper `lowr`. Did you mean `lower`?', [1, 10]],
    ['{{#eech x}}{{/eech}}', 'There is no block `#eech`. Did you mean `each`?', [1, 4]],
    ['{{@typ}}', 'There is no variable `@typ`. Did you mean `@type`?', [1, 3]],
    ['{{> nowhere}}', 'There is no partial `nowhere`.', [1, 1]],
    ['{{#if a b}}{{/if}}', 'The block `#if` takes exactly one value.', [1, 1]],
    [
      '{{#if a}}',
      'The template cannot be read. It ends before everything that was opened is closed, after `{{#if a}}`.',
      [1, 10],
    ],
    [
      '{{link x “http://x.example”}}',
      'The template cannot be read. Texts stand in straight quotes, `"` or `\'`, which phones like to turn into curly ones, after `{{link x “http:/`.',
      [1, 17],
    ],
    ['{{#if a}}{{/each}}', "if doesn't match each.", [1, 4]],
    ['{{upper (severity "x")}}', '`severity` gives no value, so it cannot be used within another helper.', [1, 9]],
  ] as const) {
    it(`says where: ${source.replace('\n', '⏎')}`, () => {
      const { message: said, line, column } = problemOf(source);
      assert.equal(said, message);
      assert.deepEqual([line, column], position);
    });
  }
});

describe('a hostile template', () => {
  it('reaches own properties only', () => {
    const source =
      '{{constructor}}{{__proto__}}{{x.constructor.name}}{{lookup x "constructor"}}{{lookup this "__proto__"}}{{toString}}{{#with constructor}}{{name}}{{/with}}';
    assert.equal(print(source, { x: 'a' }), '');
    assert.equal(print('{{pluck list "constructor"}}{{first (pluck list "__proto__")}}', { list: [{}] }), '');
  });

  it('cannot define or choose partials', () => {
    for (const source of [
      '{{#*inline "greeting"}}x{{/inline}}',
      '{{#> greeting}}x{{/greeting}}',
      '{{> (lookup . "x")}}',
      '{{> @partial-block}}',
      '{{* dec}}',
    ]) {
      problemOf(source);
    }
  });

  it('cannot loop through partials', () => {
    assert.match(problemOf('{{> endless}}').message, /would include itself/);
  });

  it('cannot reach the inner workings', () => {
    for (const name of ['log', 'helperMissing', 'blockHelperMissing', '$print', '[$print]', 'lookupProperty']) {
      assert.match(problemOf(`{{${name} "x"}}`).message, /There is no helper/);
    }
  });

  it('cannot write stand-ins, nor can a payload', () => {
    const standIn = `${SENTINEL.open}m0${SENTINEL.close}`;
    assert.equal(print(`a${standIn}{{x}}{{markdown x}}{{code x}}{{bold x}}`, { x: standIn }), 'am0m0m0`m0`**m0**');
  });

  it('is stopped when it is too long, too deep or too busy', () => {
    const many = Array.from({ length: 200 }, () => 'x');
    assert.match(problemOf('x'.repeat(70_000)).message, /longer than 65,536/);
    assert.match(problemOf('{{#if a}}'.repeat(30) + '{{/if}}'.repeat(30)).message, /more than 20 deep/);
    assert.match(problemOf(`{{upper ${'(upper '.repeat(30)}x${')'.repeat(30)}}}`).message, /more than 20 deep/);
    assert.match(problemOf('{{a}}'.repeat(1_001)).message, /more than 1,000 pairs of braces/);
    assert.match(problemOf(`{{a ${'b '.repeat(10_000)}`).message, /more than 16,384 characters within braces/);
    assert.match(
      problemOf('{{#each this}}{{#each ../this}}x{{/each}}{{/each}}', many).message,
      /more than 10,000 times/,
    );
    assert.match(problemOf(`{{#each this}}${'y'.repeat(1_000)}{{/each}}`, many).message, /more than 65,536 characters/);
    const calls = `{{#each this}}${'{{upper (lower (trim "x"))}}'.repeat(50)}{{/each}}`;
    assert.match(problemOf(calls, many).message, /helpers more than 20,000 times/);
  });

  it('cannot make a giant of a text', () => {
    const big = 'x'.repeat(1_000_000);
    assert.match(problemOf('{{replace big "x" big}}', { big }).message, /`replace` makes a text of more than 65,536/);
    assert.match(
      problemOf('{{join list big}}', { big, list: Array.from({ length: 10_000 }, () => 'a') }).message,
      /`join` makes/,
    );
    assert.match(problemOf('{{concat big big big big big big}}', { big }).message, /`concat` makes/);
    assert.match(problemOf(`${'{{upper big}}'.repeat(20)}`, { big }).message, /prints more than/);
  });

  it('cannot keep helpers busy with an object of many names, or with many objects', () => {
    const names = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`name ${index}`, index]));
    const objects = Array.from({ length: 5_000 }, (_, index) => ({ a: index, b: { c: index, d: [index] } }));
    const rounds = Array.from({ length: 1_000 }, (_, index) => index);
    for (const value of [names, objects])
      for (const call of ['(count ../value)', '(json ../value)', '(contains ../value "a")', '(concat "a" b=../value)'])
        assert.match(
          problemOf(`{{#each rounds}}{{#if ${call}}}{{/if}}{{/each}}`, { value, rounds }).message,
          /too much work/,
          call,
        );
  });

  it('cannot keep helpers busy with a large payload', () => {
    const list = Array.from({ length: 100_000 }, () => ({ a: 1 }));
    assert.match(problemOf(`${'{{count (pluck list "a")}}'.repeat(50)}`, { list }).message, /too much work/);
  });

  it('fails as a problem or not at all', () => {
    const piece = fc.constantFrom(
      '{{',
      '}}',
      '{{{',
      '#if ',
      '/if',
      'each',
      ' x',
      '(',
      ')',
      '"',
      '|',
      'as ',
      '../',
      '@',
      '> ',
      '~',
      '!--',
      '=',
      'title ',
      '\n',
      '[',
      ']',
      '.',
      'else',
      '\\',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        try {
          print(pieces.join(''), { x: ['a'] });
        } catch (error) {
          assert.ok(error instanceof TemplateProblem, String(error));
        }
      }),
      { numRuns: runs(2_000) },
    );
  });
});

describe('the templates folder', () => {
  it('gives the template of a type, else the default of its provider', async () => {
    const templates = await loadTemplates(await aFolder());
    assert.deepEqual(templates.find('shop', 'orders/create'), [
      { name: 'templates/shop/orders.create.hbs', source: 'order', kind: 'shipped' },
      { name: 'templates/shop/default.hbs', source: 'default', kind: 'shipped' },
    ]);
    assert.equal(templates.find('shop', 'other')[0]?.source, 'default');
    assert.deepEqual(templates.find('nobody', 'push'), []);
    assert.equal(templates.partial('line'), 'a line');
  });

  it('never takes an event type or provider for a path', async () => {
    const templates = await loadTemplates(await aFolder());
    for (const type of ['../shop/orders.create', '..', '__proto__', 'constructor', '/etc/passwd', 'x\0']) {
      assert.equal(templates.find('shop', type)[0]?.name, 'templates/shop/default.hbs');
      assert.deepEqual(templates.find(type, 'default'), []);
      assert.equal(templates.samples.of(type).size, 0);
    }
    assert.deepEqual(templates.find('partials', 'line'), []);
  });

  it('gives samples as deliveries', async () => {
    const samples = (await loadTemplates(await aFolder())).samples.of('shop');
    const { body, ...sample } = samples.get('orders.create') ?? assert.fail();
    assert.deepEqual(sample, {
      provider: 'shop',
      type: 'orders.create',
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-topic': 'orders/create' },
    });
    assert.equal(body.toString(), '{"id":1}');
    const form = samples.get('form') ?? assert.fail();
    assert.deepEqual([form.method, form.headers, form.body.toString()], ['PUT', {}, 'a=1']);
  });
});

function print(source: string, payload: unknown): string {
  return compile(source)(payload, data, createDraft({ receivedAt: new Date(0) }));
}

function problemOf(source: string, payload: unknown = {}): TemplateProblem {
  try {
    print(source, payload);
  } catch (error) {
    assert.ok(error instanceof TemplateProblem, String(error));
    return error;
  }
  assert.fail(`No problem with ${source.slice(0, 100)}`);
}

async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'templates-'));
  const files = {
    'shop/orders.create.hbs': 'order',
    'shop/default.hbs': 'default',
    'shop/orders.create.json': '{"headers":{"X-Topic":"orders/create"},"payload":{"id":1}}',
    'shop/form.json': '{"method":"PUT","body":"a=1"}',
    'partials/line.hbs': 'a line',
  };
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(folder, path, '..'), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return folder;
}
