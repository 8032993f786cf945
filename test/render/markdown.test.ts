import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { escapeMarkdown, momentMarkdown, SENTINEL } from '../../src/core/message/message.ts';
import { webUrl } from '../../src/core/message/safe-link.ts';
import type { Block, Inline } from '../../src/core/message/tree.ts';
import { plainText } from '../../src/core/message/tree-text.ts';
import { cleanText } from '../../src/core/text/clean-text.ts';
import { parseMarkdown } from '../../src/render/markdown/markdown.ts';
import { anyCharacter } from '../any-text.ts';
import { runs } from '../runs.ts';

describe('Markdown', () => {
  it('knows strong, emphasis, strike and code', () => {
    assert.deepEqual(inline('**a** _b_ ~~c~~ `d`'), [
      { type: 'strong', children: [text('a')] },
      text(' '),
      { type: 'emphasis', children: [text('b')] },
      text(' '),
      { type: 'strike', children: [text('c')] },
      text(' '),
      { type: 'code', text: 'd' },
    ]);
  });

  it('keeps a line break as a line break', () => {
    assert.deepEqual(inline('one\ntwo'), [text('one'), { type: 'break' }, text('two')]);
  });

  it('knows headings, rules, quotes and blocks of code', () => {
    const types = parseMarkdown('# a\n\n***\n\n> b\n\n```ts\nlet c;\n```').map(({ type }) => type);
    assert.deepEqual(types, ['heading', 'rule', 'quote', 'code']);
  });

  it('knows nested lists and ticked boxes', () => {
    const [list] = parseMarkdown('3. a\n   - b\n4. c\n');
    assert.ok(list?.type === 'list' && list.ordered && list.start === 3);
    assert.equal(list.items[0]?.children[1]?.type, 'list');
    const [tasks] = parseMarkdown('- [x] done\n- [ ] open\n- plain');
    assert.ok(tasks?.type === 'list');
    assert.deepEqual(
      tasks.items.map(({ checked }) => checked),
      [true, false, undefined],
    );
  });

  it('keeps the header of a table as its first row', () => {
    const [table] = parseMarkdown('| a | b |\n|:-:|--:|\n| 1 | 2 |');
    assert.ok(table?.type === 'table');
    assert.deepEqual(table.columns, ['center', 'right']);
    assert.deepEqual(table.rows[0], [[text('a')], [text('b')]]);
    assert.deepEqual(table.rows[1], [[text('1')], [text('2')]]);
  });

  it('shows raw HTML as text, and the Markdown within it', () => {
    assert.deepEqual(inline('<b>a</b> **c**'), [text('<b>a</b> '), { type: 'strong', children: [text('c')] }]);
    assert.equal(plainText(parseMarkdown('<script>alert(1)</script>')), '<script>alert(1)</script>');
  });

  it('decodes character references once', () => {
    assert.deepEqual(inline('&lt; &amp;lt; &#65; &nope;'), [text('< &lt; A &nope;')]);
  });

  it('makes no code of indentation', () => {
    assert.deepEqual(inline('    a'), [text('a')]);
  });

  it('makes a link of an image', () => {
    const url = 'https://a.example/i.png';
    assert.deepEqual(inline(`![cat](${url})`), [{ type: 'link', url, children: [text('cat')] }]);
  });

  it('keeps only the words of a link that does not lead to the web or to mail', () => {
    for (const url of ['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', '/relative', 'https://']) {
      assert.deepEqual(inline(`[words](<${url}>)`), [text('words')], url);
    }
    assert.equal(inline('[words](mailto:a@b.example)')[0]?.type, 'link');
  });

  it('keeps only the words of a link with a user name that could pass for a host', () => {
    assert.deepEqual(inline('[words](https://bank.example@evil.example/)'), [text('words')]);
  });

  it('makes a bare web address a link to exactly itself, without the punctuation around it', () => {
    const url = 'https://a.example/__init__.py?a=b_c';
    assert.deepEqual(inline(`(see ${url}).`), [
      text('(see '),
      { type: 'link', url, children: [text(url)] },
      text(').'),
    ]);
    assert.deepEqual(inline(escapeMarkdown(url)), [{ type: 'link', url, children: [text(url)] }]);
  });

  it('makes no link of a bare host or mail address', () => {
    assert.deepEqual(inline('www.a.example a@b.example'), [text('www.a.example a@b.example')]);
  });

  it('turns stand-ins into mentions and moments', () => {
    const [mention, , moment] = inline(`${SENTINEL.open}m0${SENTINEL.close} ${momentMarkdown(new Date(0), 'date')}`);
    assert.deepEqual(mention, { type: 'mention', index: 0 });
    assert.deepEqual(moment, { type: 'time', unix: 0, style: 'date', fallback: '1970-01-01' });
  });

  it('drops stand-ins that are not well formed', () => {
    const { open, close } = SENTINEL;
    assert.deepEqual(inline(`a${open}mx${close}b${open}m1 c${close}`), [text('amxbm1 c')]);
  });

  it('keeps stand-ins out of code', () => {
    assert.deepEqual(inline(`\`${SENTINEL.open}m0${SENTINEL.close}a\``), [{ type: 'code', text: 'a' }]);
  });

  it('says an inline code within a sentence without extra spaces', () => {
    assert.equal(plainText(parseMarkdown('run `x`, then `y`.')), 'run x, then y.');
  });

  it('flattens what is nested more than a dozen deep', () => {
    for (const deep of ['> '.repeat(60), '- '.repeat(60), '1. '.repeat(60), '*_'.repeat(60)]) {
      const source = `${deep}word${[...deep.trim()].toReversed().join('')}`;
      const tree = parseMarkdown(source);
      assert.ok(depthOf(tree) <= 40, deep);
      assert.match(plainText(tree), /word/);
    }
  });
});

describe('escaped text', () => {
  const awkward = fc.string({
    unit: fc.oneof(
      fc.constantFrom(...'\\`*_{}[]()<>#+-.!|~&=:"\'$^@%,;/? \t\n\r01a'),
      fc.constantFrom(
        'https://',
        'www.',
        'a@b.co',
        '    ',
        '\n\n',
        '---',
        '===',
        '```',
        '&amp;',
        '1. ',
        '<!--',
        '\u2028',
        'é',
        '👩‍👩‍👧',
      ),
      fc.string({ unit: anyCharacter, minLength: 1, maxLength: 1 }),
      fc.constantFrom(SENTINEL.open, SENTINEL.close, 'm0', 't1:date', '\u202E', '\uD800'),
    ),
    maxLength: 60,
  });

  it('reads as exactly that text', () => {
    fc.assert(
      fc.property(awkward, (said) => {
        assert.equal(spaced(plainText(parseMarkdown(escapeMarkdown(said)))), spaced(cleanText(said)));
      }),
      { numRuns: runs(3_000) },
    );
  });

  it('makes nothing but paragraphs of text and addresses', () => {
    fc.assert(
      fc.property(awkward, (said) => {
        for (const block of parseMarkdown(escapeMarkdown(said))) {
          assert.equal(block.type, 'paragraph');
          if (block.type !== 'paragraph') continue;
          for (const node of block.children) assert.ok(isPlain(node), JSON.stringify(node));
        }
      }),
      { numRuns: runs(1_000) },
    );
  });

  it('cannot turn the direction of writing', () => {
    assert.equal(escapeMarkdown('a\u202Eb'), 'ab');
  });
});

describe('hostile Markdown', () => {
  it('never throws', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'*_~`[]()<>!\\#>-+1.|: \n\tahtps/&;'), maxLength: 300 }),
        (source) => {
          parseMarkdown(source);
        },
      ),
      { numRuns: runs(2_000) },
    );
  });

  for (const piece of [
    '[',
    '*',
    '**a ',
    '*a _b ',
    '> ',
    '>',
    '![',
    '[a](',
    '[a](b "',
    '`a',
    '``` ',
    '1. ',
    '- ',
    '~~a',
    'a_',
    '<a ',
    '&#x',
    'https://',
    '|',
    '\uFDD0',
  ]) {
    it(`ends for 64 KB of ${JSON.stringify(piece)}`, () => {
      const source = piece.repeat(65_536 / piece.length);
      assert.ok(plainText(parseMarkdown(source)).length <= source.length * 2);
    });
  }
});

function inline(markdown: string): readonly Inline[] {
  const [block, ...others] = parseMarkdown(markdown);
  assert.ok(block?.type === 'paragraph' && others.length === 0);
  return block.children;
}

function text(said: string): Inline {
  return { type: 'text', text: said };
}

/** A bare address may be a link to exactly itself. */
function isPlain(node: Inline): boolean {
  if (node.type === 'link') return webUrl(plainText(node.children)) === node.url;
  return node.type === 'text' || node.type === 'break';
}

function spaced(said: string): string {
  return said.replace(/\s+/g, ' ').trim();
}

function depthOf(nodes: readonly (Block | Inline)[]): number {
  return nodes.reduce((deepest, node) => {
    const below =
      node.type === 'list' ? node.items.flatMap(({ children }) => children) : 'children' in node ? node.children : [];
    return Math.max(deepest, 1 + depthOf(below));
  }, 0);
}
