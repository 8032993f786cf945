import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { TemplateWords } from '../../src/web/api/template-shapes.ts';
import { helperAt, offersAt } from '../../src/web/templates/code/complete.ts';

const helper = { summary: '', example: '', effect: false, named: [], words: [] } as const;
const words: TemplateWords = {
  paths: [
    { path: 'ref', kind: 'value', example: 'refs/heads/main' },
    { path: 'sender', kind: 'object', example: '' },
    { path: 'commits', kind: 'list', example: '' },
    { path: 'sender.login', kind: 'value', example: 'octocat' },
    { path: 'commits.0', kind: 'object', example: '' },
    { path: 'commits.0.message', kind: 'value', example: 'Fix the door' },
    { path: 'commits.0.author', kind: 'object', example: '' },
    { path: 'commits.0.author.name', kind: 'value', example: 'Mona' },
  ],
  helpers: [
    { ...helper, name: 'title', summary: 'Gives the first line.', named: [{ name: 'url', kind: 'text', words: [] }] },
    { ...helper, name: 'severity', words: [['info', 'critical']] },
    {
      ...helper,
      name: 'time',
      named: [
        { name: 'style', kind: 'word', words: ['relative', 'date'] },
        { name: 'short', kind: 'flag', words: [] },
      ],
    },
  ],
  variables: ['@type', '@about', '@root'],
  partials: ['commit-list'],
  blocks: ['if', 'unless', 'each', 'with'],
};

describe('completing a template', () => {
  it('offers helpers with their summary, and paths with a value that stood there', () => {
    const found = offersAt('{{ti', 4, words);
    assert.deepEqual([found?.from, found?.typed], [2, 'ti']);
    assert.equal(found?.offers.find(({ label }) => label === 'title')?.detail, 'Gives the first line.');
    assert.equal(found?.offers.find(({ label }) => label === 'sender.login')?.detail, 'octocat');
  });

  it('offers nothing in text, in comments, in escaped tags and behind a tag', () => {
    for (const text of ['some sen', '{{! sen', '{{!-- a }} sen', '\\{{sen', '{{sender}}', '{{#if ref}} sen'])
      assert.equal(offersAt(text, text.length, words), undefined, text);
  });

  it('offers the names of values that a helper takes and has not got', () => {
    assert.ok(labels('{{title ref ').includes('url='));
    assert.ok(!labels('{{title ref url=ref ').includes('url='));
    assert.deepEqual(labels('{{time ref style=').slice(0, 2), ['"relative"', '"date"']);
    assert.deepEqual(labels('{{time ref short=').slice(0, 2), ['true', 'false']);
  });

  it('offers the words that a helper knows, inside of quotes', () => {
    assert.deepEqual(labels('{{severity "cri'), ['info', 'critical']);
    assert.deepEqual(labels('{{time ref style="'), ['relative', 'date']);
    assert.deepEqual(labels('{{title "cri'), []);
  });

  it('knows the helper of a bracket, and the one around it', () => {
    assert.deepEqual(labels('{{title (time ref style="'), ['relative', 'date']);
    assert.ok(labels('{{title (time ref style="date") ').includes('url='));
    assert.ok(labels('{{title (ti').includes('time'));
  });

  it('offers blocks, the block to end, and partials', () => {
    assert.deepEqual(labels('{{#'), words.blocks);
    assert.deepEqual(labels('{{else '), words.blocks);
    assert.deepEqual(labels('{{#each commits}}{{#if message}}{{/'), ['if']);
    assert.deepEqual(labels('{{#each commits}}{{#if message}}{{/if}}{{/'), ['each']);
    assert.deepEqual(labels('{{> '), ['commit-list']);
  });

  it('names paths from inside the block around the place', () => {
    assert.deepEqual(paths('{{#each commits}}{{'), ['message', 'author', 'author.name', 'this']);
    assert.deepEqual(paths('{{#each commits}}{{#with author}}{{'), ['name', 'this']);
    assert.deepEqual(paths('{{#each (skip commits 1)}}{{title '), ['message', 'author', 'author.name', 'this']);
    assert.deepEqual(paths('{{#with (first commits)}}{{'), ['message', 'author', 'author.name', 'this']);
    assert.ok(paths('{{#each commits}}{{/each}}{{').includes('commits'));
    assert.deepEqual(paths('{{#each nothing}}{{'), ['this']);
  });

  it('names paths from outside of a block by what leads there', () => {
    assert.ok(paths('{{#each commits}}{{../').includes('../ref'));
    assert.ok(paths('{{#each commits}}{{@root.').includes('@root.ref'));
    assert.ok(paths('{{#each commits as |commit|}}{{#if ref}}{{').includes('commit.message'));
  });

  it('knows which helper is written at a place, inside of a word too', () => {
    assert.equal(helperAt('{{title ref}}', 4, words)?.name, 'title');
    assert.equal(helperAt('{{title ref}}', 9, words)?.name, 'title');
    assert.equal(helperAt('{{title (time ref)}}', 15, words)?.name, 'time');
    assert.equal(helperAt('{{ref}}', 3, words), undefined);
  });

  it('reads any text, at any place', () => {
    const text = fc.string({
      unit: fc.constantFrom(
        '{{',
        '}}',
        '#each ',
        '/',
        '(',
        ')',
        '"',
        '|',
        '=',
        ' ',
        'x',
        '!',
        '--',
        '\n',
        'else',
        '@',
        '[',
        '../',
      ),
      maxLength: 60,
    });
    fc.assert(
      fc.property(text, fc.nat(80), (template, at) => {
        const found = offersAt(template, Math.min(at, template.length), words);
        assert.ok(!found || (found.from >= 0 && found.from + found.typed.length === Math.min(at, template.length)));
      }),
    );
  });
});

function labels(text: string): readonly string[] {
  return offersAt(text, text.length, words)?.offers.map(({ label }) => label) ?? [];
}

function paths(text: string): readonly string[] {
  return (
    offersAt(text, text.length, words)?.offers.flatMap(({ label, kind }) => (kind === 'path' ? [label] : [])) ?? []
  );
}
