import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { plainText } from '../../src/core/message/tree-text.ts';
import { cutMarkdown } from '../../src/render/markdown/cut-markdown.ts';
import { parseMarkdown } from '../../src/render/markdown/markdown.ts';
import { tameMarkdown } from '../../src/render/markdown/tame-markdown.ts';

const tamed = (text: string) => tameMarkdown(text).trim();

describe('Markdown of code hosts', () => {
  it('has its HTML as Markdown', () => {
    assert.equal(tamed('<b>a</b> <i>b</i> <kbd>Ctrl</kbd> <s>c</s><br/>d'), '**a** *b* `Ctrl` ~~c~~\nd');
    assert.equal(tamed('<a href="https://a.example/?b=1&amp;c=2">go</a>'), '[go](https://a.example/?b=1&c=2)');
    assert.equal(tamed('<img alt="cat" src="https://a.example/i.png" width=20>'), '![cat](https://a.example/i.png)');
    assert.equal(
      tamed('<details>\n<summary>Commits</summary>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n</details>'),
      'Commits\n\n- one\n- two',
    );
    assert.equal(tamed('<h3>New</h3><pre><code>a &lt; b</code></pre>'), '### New\n\n```\na < b\n```');
  });

  it('keeps links and pictures within links', () => {
    const badge = '<a href="https://a.example/"><img src="https://a.example/i.svg" alt="build"></a>';
    assert.equal(tamed(badge), '[![build](https://a.example/i.svg)](https://a.example/)');
    assert.equal(tamed('<a href="https://a.example/"><code>f299b52</code></a>'), '[`f299b52`](https://a.example/)');
  });

  it('keeps what is code, and tags that are no HTML', () => {
    for (const text of ['`<br>`', '```\n<b>a</b> :bug: [^1]\n```', 'Vec<T> of <your-name>', '``a `<br>` b``'])
      assert.equal(tamed(text), text);
  });

  it('names callouts, numbers notes and resolves references', () => {
    assert.equal(tamed('> [!WARNING]\n> Back up first.'), '> **Warning:** Back up first.');
    assert.equal(tamed('Faster[^a].\n\n[^a]: on a laptop'), 'Faster¹.\n\n¹ on a laptop');
    assert.equal(
      tamed('See [the docs][d] and [d].\n\n[d]: https://a.example/ "Docs"'),
      'See [the docs](<https://a.example/>) and [d](<https://a.example/>).',
    );
    assert.equal(tamed('[^1] and [x] and - [ ] stay'), '[^1] and [x] and - [ ] stay');
  });

  it('draws the emoji it names, and nothing that only looks like one', () => {
    assert.equal(tamed(':tada: done :+1:'), '🎉 done 👍');
    assert.equal(tamed('at 12:100:30, `:bug:`, :nonesuch:'), 'at 12:100:30, `:bug:`, :nonesuch:');
  });

  it('is never cut within a mark', () => {
    const cut = (text: string, limit: number) => cutMarkdown(text, limit, 5);
    assert.equal(cut('some **bold words that go on** and more', 20), 'some bold words…');
    assert.equal(cut('some `code that goes on and on` and more', 20), 'some code that…');
    assert.equal(cut('~~gone and gone~~ then', 12), 'gone and…');
    assert.equal(cut('a * b and 2 ** 3 is more than that', 20), 'a * b and 2 ** 3 is…');
    assert.equal(cut('**whole** and *half of it is* here', 24), '**whole** and half of…');
    assert.equal(cut('read_me_first please, everybody here', 22), 'read_me_first please,…');
  });

  it('leaves no tag and no end of one, however it is cut', () => {
    const body =
      '<details><summary>All <b>of</b> it</summary><ul><li><a href="https://a.example/x">one</a> two</li></ul></details>';
    for (let limit = 5; limit < 80; limit++) {
      const said = plainText(parseMarkdown(tameMarkdown(body, (text) => cutMarkdown(text, limit, 5))));
      assert.doesNotMatch(said, /[<>]|\]\(/, `${limit}: ${said}`);
    }
  });

  it('is read in good time whatever it is made of', () => {
    for (const piece of [
      '<a href="',
      '<b>',
      '`',
      '[',
      '[a]',
      '[^',
      '> [!',
      ':a',
      '``` \n',
      '<!--',
      '![',
      '**a ',
      '<pre>',
      '[a]: ',
    ])
      tameMarkdown(piece.repeat(40_000), (text) => cutMarkdown(text, 400, 5));
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom('<', 'b', '>', '/', '`', '[', ']', '(', ')', ':', '\n', ' ', '*', '^', '!'),
        }),
        (text) => {
          assert.equal(typeof tameMarkdown(text, (said) => cutMarkdown(said, 20, 5)), 'string');
        },
      ),
    );
  });
});
