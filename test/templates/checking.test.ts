import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { loadCatalogue } from '../../src/app/catalogue.ts';
import { learnShape, pathsOf } from '../../src/render/template/lint/payload-shape.ts';
import { runs } from '../runs.ts';

const { composer, helpers } = await loadCatalogue();
const payload = {
  action: 'opened',
  sender: { login: 'octocat' },
  repository: { full_name: 'acme/api', topics: [] },
  commits: [{ id: 'a1', author: { username: 'mona' } }],
  'odd name': 1,
};

describe('a mistake in a template is named with what was meant', () => {
  for (const [source, said, place, instead] of [
    ['{{titel "x"}}', 'There is no helper `titel`. Did you mean `title`?', '1:3-1:8', 'title'],
    ['x\n{{field "A" action wid=true}}', '`field` takes no `wid=`. Did you mean `wide`?', '2:20-2:23', 'wide'],
    ['{{upper action style="x"}}', '`upper` takes no `style=`.', '1:16-1:21', undefined],
    ['{{severity "godo"}}', '`severity` does not know `godo`. Did you mean `good`?', '1:12-1:18', '"good"'],
    [
      '{{severity (choose action opened="warnign")}}',
      '`severity` does not know `warnign`. Did you mean `warning`?',
      '1:34-1:43',
      '"warning"',
    ],
    [
      '{{time action style="relativ"}}',
      '`time` cannot use `style=relativ`. Did you mean `relative`?',
      '1:21-1:30',
      '"relative"',
    ],
    ['{{number action digits="two"}}', '`number` cannot use `digits=two`. It is a number.', '1:24-1:29', undefined],
    ['{{field "A" action wide="ture"}}', '`field` cannot use `wide=ture`. Did you mean `true`?', '1:25-1:31', 'true'],
    [
      '{{title “pushed”}}',
      '`“pushed”` is not a quoted text: write straight quotes, which phones turn into curly ones.',
      '1:9-1:17',
      '"pushed"',
    ],
  ] as const)
    it(source, () => {
      const { mistakes } = composer.inspect(source, { shape: learnShape([payload]) });
      const [first] = mistakes;
      assert.deepEqual([mistakes.length, first?.message, placeOf(first), first?.instead], [1, said, place, instead]);
    });

  it('all at once, in the order in which they stand there', () => {
    const { mistakes } = composer.inspect('{{titel x}}{{severity "godo"}}{{#eech x}}{{/eech}}', {});
    assert.deepEqual(
      mistakes.map(({ column }) => column),
      [3, 23, 34],
    );
  });

  it('unless it is written by no literal: what a payload says is nobody’s mistake', () => {
    const { mistakes } = composer.inspect('{{severity action}}{{time action style=action}}{{choose action x="1"}}', {});
    assert.deepEqual(mistakes, []);
  });
});

describe('a path that no event had', () => {
  for (const [source, path, instead] of [
    ['{{sender.logn}}', 'sender.logn', 'sender.login'],
    ['{{repository.fullname}}', 'repository.fullname', 'repository.full_name'],
    ['{{#each commits}}{{autor.username}}{{/each}}', 'autor.username', 'author.username'],
    ['{{#each commits as |commit|}}{{commit.idd}}{{/each}}', 'commit.idd', 'commit.id'],
    ['{{#each commits}}{{../actio}}{{/each}}', '../actio', '../action'],
    ['{{#with sender}}{{lgin}}{{/with}}', 'lgin', 'login'],
    ['{{#with (first commits)}}{{athor.username}}{{/with}}', 'athor.username', 'author.username'],
    ['{{@root.sendr.login}}', '@root.sendr.login', '@root.sender.login'],
    ['{{title sender.login url=repository.ful_name}}', 'repository.ful_name', 'repository.full_name'],
    ['{{entirely.different}}', 'entirely.different', undefined],
  ] as const)
    it(`is doubted: ${source}`, () => {
      const { mistakes, doubts } = composer.inspect(source, { shape: learnShape([payload]) });
      assert.deepEqual(mistakes, []);
      assert.deepEqual([doubts.length, doubts[0]?.instead], [1, instead]);
      assert.ok(doubts[0]?.message.startsWith(`None of the events checked has \`${path}\`.`));
    });

  for (const source of [
    '{{sender.login}}{{#each commits}}{{id}}{{author.username}}{{@index}}{{../action}}{{this.id}}{{/each}}',
    '{{#each commits as |commit i|}}{{commit.id}}{{i}}{{/each}}{{commits.0.id}}{{commits.length}}{{#each repository.topics}}{{name}}{{/each}}',
    '{{#with (choose action opened=sender)}}{{whatever}}{{/with}}',
    '{{#each (pluck commits "author")}}{{username}}{{/each}}{{[odd name]}}',
  ])
    it(`is not to be found in ${source}`, () => {
      const { mistakes, doubts } = composer.inspect(source, { shape: learnShape([payload]) });
      assert.deepEqual([...mistakes, ...doubts], []);
    });

  it('is not doubted where the text before named it, nor where no event is known', () => {
    const shape = learnShape([payload]);
    assert.deepEqual(composer.inspect('{{not.there}}', { shape, before: '{{#if not.there}}x{{/if}}' }).doubts, []);
    assert.deepEqual(composer.inspect('{{not.there}}', {}).doubts, []);
  });
});

describe('templates that came with Bellhop', () => {
  it('have no mistake', () => {
    const folder = join(import.meta.dirname, '../../templates');
    const wrong = globSync('**/*.hbs', { cwd: folder }).flatMap((file) =>
      composer
        .inspect(readFileSync(join(folder, file), 'utf8'), {})
        .mistakes.map(({ message, line }) => `${file}:${line}: ${message}`),
    );
    assert.deepEqual(wrong, []);
  });

  it('use helpers whose examples have no mistake', () => {
    const wrong = [...helpers].flatMap(([name, { example }]) =>
      composer.inspect(example.replaceAll('…', ''), {}).mistakes.map(({ message }) => `${name}: ${message}`),
    );
    assert.deepEqual(wrong, []);
  });
});

describe('any text at all', () => {
  const words = [
    '{{',
    '}}',
    '{{#each a}}',
    '{{/each}}',
    '{{else}}',
    '(',
    ')',
    '"',
    '|x|',
    ' as ',
    '=',
    '../',
    '@root',
    '.',
    'a',
    'title',
    'choose',
    '{{> p}}',
    '{{!',
    '{{{',
    '\n',
    '__proto__',
    'constructor',
    '0',
    '[',
    ']',
    '😀',
    '{{#*inline "x"}}',
    '~',
  ];
  it('is looked over without failing, in bounded findings', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...words), { maxLength: 60 }),
        fc.jsonValue({ maxDepth: 4 }),
        (pieces, known) => {
          const { mistakes, doubts } = composer.inspect(pieces.join(''), { shape: learnShape([known]) });
          assert.ok(mistakes.length <= 100 && doubts.length <= 50);
          for (const { message } of [...mistakes, ...doubts]) assert.ok(message.length > 0);
        },
      ),
      { numRuns: runs(2_000) },
    );
  });

  it('is no longer than a template may be', () => {
    const { mistakes } = composer.inspect('x'.repeat(100_000), {});
    assert.deepEqual(
      mistakes.map(({ message }) => message),
      ['The template is longer than 65,536 characters.'],
    );
  });
});

describe('the shape of payloads', () => {
  it('is learnt from own names only, and names every path with a value', () => {
    const shape = learnShape([JSON.parse('{"__proto__": {"x": 1}, "a": {"b c": [{"d": 2}]}}'), { a: { e: null } }]);
    assert.deepEqual(
      pathsOf(shape, 100).map(({ path, kind, example }) => [path, kind, example]),
      [
        ['__proto__', 'object', ''],
        ['a', 'object', ''],
        ['__proto__.x', 'value', '1'],
        ['a.[b c]', 'list', ''],
        ['a.e', 'value', ''],
        ['a.[b c].0', 'object', ''],
        ['a.[b c].0.d', 'value', '2'],
      ],
    );
  });

  it('is bounded, however large a payload is', () => {
    const wide = Object.fromEntries(Array.from({ length: 50_000 }, (_, index) => [`name${index}`, { x: index }]));
    let deep: unknown = 1;
    for (let depth = 0; depth < 5_000; depth++) deep = { deep, list: [deep] };
    const paths = pathsOf(learnShape([wide, { deep }]), 100_000);
    assert.ok(paths.length <= 4_000);
  });
});

function placeOf(
  problem:
    | { line?: number | undefined; column?: number | undefined; end?: { line: number; column: number } | undefined }
    | undefined,
) {
  return `${problem?.line}:${problem?.column}-${problem?.end?.line}:${problem?.end?.column}`;
}
