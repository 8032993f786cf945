import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type Message, toMessage } from '../../src/core/message/message.ts';
import { toSummaryLine } from '../../src/core/message/summary-line.ts';
import { plainText } from '../../src/core/message/tree-text.ts';
import { parseMarkdown } from '../../src/render/markdown/markdown.ts';
import { runs } from '../runs.ts';
import { anEvent, anOverride, compose, helpers, render } from './a-composer.ts';

describe('composing a message', () => {
  it('takes the template of the event type, then the default of the provider', () => {
    const builtIn = { push: 'pushed', default: 'something' };
    assert.deepEqual(said(compose({}, { builtIn })), ['pushed', 'templates/shop/push.hbs']);
    assert.deepEqual(said(compose({ event: anEvent({ type: 'other' }) }, { builtIn })), [
      'something',
      'templates/shop/default.hbs',
    ]);
  });

  it('prefers an override, and most of all the one for its endpoint', () => {
    const overrides = [anOverride('everyone'), anOverride('mine', 'e1'), anOverride('theirs', 'e2')];
    assert.deepEqual(said(compose({ overrides })), ['mine', 'shop/push for this endpoint, revision 1']);
    assert.deepEqual(said(compose({ overrides: overrides.slice(0, 1) }, { builtIn: { push: 'x' } })), [
      'everyone',
      'shop/push for everyone, revision 1',
    ]);
  });

  it('passes over a template with a problem, and says where it is', () => {
    const overrides = [
      anOverride('\n{{nope "x"}}', 'e1'),
      anOverride('{{#each list}}{{#each ../list}}x{{/each}}{{/each}}'),
    ];
    const event = anEvent({ payload: { list: Array.from({ length: 200 }, () => 1) } });
    const { message, template, problems } = compose({ overrides, event }, { builtIn: { push: 'built in' } });
    assert.deepEqual([message.body, template], ['built in', 'templates/shop/push.hbs']);
    assert.deepEqual([problems[0]?.line, problems[0]?.column], [2, 3]);
    assert.match(problems[1]?.message ?? '', /loops more than/);
  });

  it('passes over a template that says nothing', () => {
    const { template, message } = compose({ overrides: [anOverride('{{severity "good"}} {{nothing}}')] });
    assert.deepEqual([template, message.title?.text], ['generic', 'Order 12 failed']);
  });

  it('fills in from the about what a template leaves out', () => {
    const { message } = compose({ overrides: [anOverride('words')] });
    assert.deepEqual(message.title, { text: 'Order 12 failed', url: 'https://shop.example/12' });
    assert.deepEqual([message.severity, message.occurredAt], ['critical', '2026-01-02T03:04:05.000Z']);
  });

  it('keeps what a template says in place of the about', () => {
    const { message } = compose({
      overrides: [anOverride('{{severity "good"}}{{title "T" url="https://a.example"}}{{occurred "2025-05-06"}}')],
    });
    assert.deepEqual(message.title, { text: 'T', url: 'https://a.example/' });
    assert.deepEqual([message.severity, message.occurredAt], ['good', '2025-05-06T00:00:00.000Z']);
  });

  it('finds the template of a type with slashes or colons', () => {
    assert.equal(
      compose({ event: anEvent({ type: 'a/b:c' }), overrides: [{ ...anOverride('x'), type: 'a/b:c' }] }).template,
      'shop/a.b.c for everyone, revision 1',
    );
  });
});

describe('an event without a template', () => {
  it('shows its text and the facts that matter, the best first', () => {
    const payload = {
      id: 77,
      description: 'The card was <b>declined</b>.',
      environment: 'production',
      data: { amount: 1234567, status: 'failed', customer: { id: 'cus_1', name: 'Ann *B*' } },
      api_url: 'https://api.shop.example/12',
      request_id: '0d1c2b3a-1111-2222-3333-444455556666',
      password: 'hunter2',
      empty: null,
      deadline: '2026-02-03T04:05:06Z',
    };
    const { message } = compose({
      event: anEvent({ payload }),
      about: { title: 'Payment', actor: 'Ann', source: 'api' },
      density: 'full',
    });
    assert.equal(plainText(parseMarkdown(message.body)), 'by Ann The card was declined.');
    const fields = message.fields.map(({ name, value }) => `${name}: ${plainText(parseMarkdown(value))}`);
    assert.deepEqual(fields, [
      'Environment: production',
      'Amount: 1,234,567',
      'Customer: Ann B',
      'Deadline: 2026-02-03 04:05 UTC',
    ]);
  });

  it('shows four facts, and leaves the rest to the payload', () => {
    const payload = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [`fact ${'abcdefghij'[index % 10]}${index}`, `v${index}`]),
    );
    assert.equal(compose({ event: anEvent({ payload }) }).message.fields.length, 4);
  });

  it('shows five lines of a text', () => {
    const payload = Array.from({ length: 30 }, (_, index) => `Line ${index + 1}`).join('\n');
    const { body } = compose({ event: anEvent({ payload }), about: { title: 'Log' } }).message;
    assert.match(plainText(parseMarkdown(body)), /Line 1\b.*Line 5\b/s);
    assert.doesNotMatch(body, /Line 6/);
  });

  it('shows the beginning of a body that could not be read, and says why', () => {
    const event = anEvent({ payload: undefined, problem: 'The body is not JSON.', body: Buffer.from('{"a":') });
    const { message } = compose({ event });
    assert.equal(plainText(parseMarkdown(message.body).slice(0, 1)), 'The body is not JSON.');
    assert.deepEqual(parseMarkdown(message.body)[1], { type: 'code', text: '{"a":' });
    const untitled = compose({ event, about: { title: 'The body is not JSON' } }).message;
    assert.deepEqual(parseMarkdown(untitled.body), [{ type: 'code', text: '{"a":' }]);
  });

  it('is never empty, whatever the payload', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string(), (payload, title) => {
        const { message } = compose({ event: anEvent({ payload }), about: { title } });
        assert.ok(message.title?.text);
        for (const { name, value } of message.fields) assert.ok(name && value);
        assert.ok(summarize(message).length > 0);
      }),
    );
  });
});

describe('effects', () => {
  it('add to the message and print nothing', () => {
    const source = `{{title "T" url="https://a.example"}}{{author "Ann" icon="https://a.example/i.png"}}{{footer "F"}}{{image "https://a.example/x.png" alt="X"}}{{mark "running"}}{{button "Open" "https://a.example"}}{{field "A" "b" wide=true}}`;
    const { message } = compose({ overrides: [anOverride(source)], about: { title: '' } });
    assert.deepEqual(message, {
      severity: 'info',
      mark: 'running',
      title: { text: 'T', url: 'https://a.example/' },
      author: { name: 'Ann', icon: 'https://a.example/i.png' },
      footer: 'Shop · F',
      image: { url: 'https://a.example/x.png', alt: 'X' },
      occurredAt: '2026-01-02T03:04:05.000Z',
      body: '',
      fields: [{ name: 'A', value: 'b', wide: true }],
      actions: [{ label: 'Open', url: 'https://a.example/' }],
      mentions: [],
      density: 'normal',
    });
  });

  it('make the first line of all words that are there, with no space before a comma or a colon', () => {
    const line = (source: string) => render(source, { a: 'CI', b: ' failed\n', n: 0 }).message.title?.text;
    assert.equal(line('{{title a none b (before "on " "main") ""}}'), 'CI failed on main');
    assert.equal(line('{{title a b (before ": " (code "x*y"))}}'), 'CI failed: x*y');
    assert.equal(line('{{title n "of" 2 false}}'), '0 of 2');
  });

  it('take a value for text unless a helper made Markdown of it', () => {
    const { message } = render('{{field "a" x}}{{field "b" (code x)}}{{field "c" (bold x)}}', { x: '*x*' });
    assert.deepEqual(
      message.fields.map(({ value }) => value),
      ['\\*x\\*', '`*x*`', '**\\*x\\***'],
    );
  });

  it('leave out blank fields, buttons without a web address and severities nobody knows', () => {
    const { message } = render(
      'x{{field "a" none}}{{field "b" ""}}{{field "c" list}}{{button "d" "javascript:alert(1)"}}{{severity "odd"}}',
      { list: [] },
    );
    assert.deepEqual([message.fields, message.actions, message.severity], [[], [], 'critical']);
  });

  it('ping people on the list, for verified events only', () => {
    const people = [{ name: 'Ann', aliases: ['ann@a.example', 'annie'], ids: { slack: 'U1' } }];
    const overrides = [anOverride('{{mention "ANNIE"}} {{mention "annie"}} {{mention "bob"}}')];
    const { message } = compose({ overrides, people, pings: () => true });
    assert.deepEqual(message.mentions, [{ name: 'Ann', ids: { slack: 'U1' } }]);
    assert.equal(parseMarkdown(message.body)[0]?.type, 'paragraph');
    assert.deepEqual(JSON.stringify(parseMarkdown(message.body)).match(/"mention","index":0/g)?.length, 2);
    const several = [anOverride('{{mention reviewers}}')];
    const event = anEvent({ payload: { reviewers: ['annie', 'bob*'] } });
    const listed = compose({ event, overrides: several, people, pings: () => true }).message;
    assert.match(listed.body, /^\uFDD0m0\uFDD1, bob\\\*$/);
    const unverified = compose({ overrides, people, pings: () => true, verified: false }).message;
    assert.deepEqual(unverified.mentions, [{ name: 'Ann', ids: {} }]);
  });
});

describe('helpers', () => {
  const payload = {
    action: 'review_requested',
    n: 1234567.891,
    list: ['a', 'b', 'c'],
    items: [{ q: 2, name: 'x' }, { q: '3' }, { name: 'y' }],
    map: { k: 1, l: 2 },
    text: 'One two three\nfour',
    ref: 'refs/heads/fix/it',
    sha: 'abcdef0123456789abcdef0123456789abcdef01',
    html: '<p>a &amp; b<br>c</p><script>x</script><ul><li>d</li></ul>',
    zero: 0,
    path: 'https://a.example/b/c.txt?d=e#f',
    labels: ['Bug', 'ui'],
    iso: '2026-01-02T03:04:05Z',
    blank: '',
    steps: 'Do this:\n- one\n- two',
    lines: '1\n\n2\n3\n4\n5\n6',
  };

  for (const [source, expected] of [
    [
      '{{choose action review_requested="yes" else="no"}}{{choose "z" a="1" else=zero}}{{choose blank else="none"}}',
      'yes0none',
    ],
    ['{{default blank none "x"}}{{or none zero "y"}}{{and list action}}{{not list}}', 'xyreview_requestedfalse'],
    [
      '{{eq zero "0"}}{{ne action "x"}}{{gt n 5}}{{gte 5 5}}{{lt "10" "9"}}{{lte "a" "b"}}{{gt none 1}}',
      'truetruetruetruefalsetruefalse',
    ],
    ['{{concat "#" 12 none}}{{join list "-"}}{{join (pluck items "name")}}', '#12a-b-cx, y'],
    [
      '{{first list}}{{last list}}{{take list 2}}{{skip list 2}}{{count list}}{{count map}}{{count none}}',
      'aca, bc320',
    ],
    ['{{keys map}}{{sum items "q"}}{{sum map}}{{lookup map "l"}}', 'k, l532'],
    ['{{count (where items "q" 3)}}|{{and none "x"}}|{{and zero "x"}}|{{urlencode "a=b&c"}}', '1||0|a%3Db%26c'],
    [
      '{{contains labels "ui"}}{{contains text "TWO"}}{{startsWith ref "refs/"}}{{endsWith ref "x"}}{{contains text none}}',
      'truetruetruefalsefalse',
    ],
    ['{{excerpt text 9}}|{{excerpt text 100}}|{{firstline text}}', 'One two…|One two three four|One two three'],
    ['{{excerpt lines 100}}|{{excerpt lines 100 lines=2}}', '1 2 3 4 5…|1 2…'],
    ['{{excerpt steps 16}}|{{excerpt steps 18}}', 'Do this: - one…|Do this: - one…'],
    ['{{upper "a"}}{{lower "B"}}{{capitalize "cd"}}{{trim "  e "}}{{replace "a-b-c" "-" "+"}}', 'AbCdea+b+c'],
    [
      '{{humanize action}}|{{humanize "HTTPStatusCode"}}|{{humanize "userId"}}',
      'review requested|HTTP status code|user ID',
    ],
    [
      '{{number n}}|{{number n digits=1}}|{{number "x"}}|{{percent 0.256}}|{{percent 42 of=100}}',
      '1,234,567.891|1,234,567.9|x|25.6%|42%',
    ],
    ['{{bytes 0}}|{{bytes 999}}|{{bytes 1500}}|{{bytes 123456789}}', '0 B|999 B|1.5 kB|123 MB'],
    [
      '{{duration 7500}}|{{duration 59.6}}|{{duration 3.42}}|{{duration 250 unit="ms"}}|{{duration 90061}}',
      '2 h 5 min|1 min|3.4 s|250 ms|1 d 1 h',
    ],
    [
      '{{money 1999 "usd"}}|{{money 500 "JPY"}}|{{money 12345 "KWD"}}|{{money 100 "??"}}',
      '$19.99|¥500|KWD 12.345|1.00 ??',
    ],
    [
      '{{shortsha sha}}|{{shortsha "v1"}}|{{branch ref}}|{{branch "refs/tags/v1"}}|{{basename path}}',
      'abcdef0|v1|fix/it|v1|c.txt',
    ],
    ['{{plural 1 "commit"}}|{{plural 2 "box" "boxes"}}|{{plural list "item"}}', '1 commit|2 boxes|3 items'],
    ['{{html html}}', 'a & b c • d'],
    ['{{json map indent=0}}', '{"k":1,"l":2}'],
    [
      '{{time iso}}|{{time 1767322845 style="date"}}|{{time 1767322845000 style="time"}}|{{time "soon"}}',
      '2026-01-02 03:04 UTC|2026-01-02|03:00 UTC|soon',
    ],
    ['{{facts "a" blank zero none false (bold "b") list}}|{{facts none blank}}', 'a · 0 · b · a, b, c|'],
    ['{{before "in " "x"}}|{{before "in " blank}}|{{after zero " min"}}|{{after none " min"}}', 'in x||0 min|'],
    ['{{ref "#" 12 "Fix it"}}|{{ref "#" 12 none}}|{{ref "#" none "Fix it"}}', '#12 Fix it|#12|Fix it'],
    [
      '{{past "opened"}}|{{past "create"}}|{{past "submit"}}|{{past "copy"}}|{{past "review_request"}}|{{past "run"}}|{{past none}}',
      'opened|created|submitted|copied|review requested|ran|',
    ],
    [
      '{{past "placed_on_hold"}}|{{past "out_of_stock"}}|{{past "check_in"}}|{{past "expiring"}}|{{past "failure"}}',
      'placed on hold|out of stock|checked in|expiring|failed',
    ],
    [
      '{{singular "fulfillment_orders"}}|{{singular "companies"}}|{{singular "taxes"}}',
      'fulfillment order|company|tax',
    ],
    ['{{elapsed "2026-01-02T03:04:05Z" "2026-01-02T04:23:05Z"}}|{{elapsed iso none}}|{{elapsed 9 1}}', '1 h 19 min||'],
    ['{{bold "a*"}}{{italic "b"}}{{code "c`"}}{{link "d" path}}{{link "e" "javascript:x"}}', 'a*bc`de'],
  ] as const) {
    it(`${source} gives ${expected}`, () => {
      const shown = plainText(parseMarkdown(render(source, payload).message.body)).replace(/\u00A0/g, ' ');
      assert.equal(shown, expected);
    });
  }

  it('take any values without failing', () => {
    const odd = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom(undefined, null, '', [], {}, Number.NaN, '\uFDD0m0\uFDD1', 'x'.repeat(70_000)),
    );
    fc.assert(
      fc.property(fc.constantFrom(...helpers.keys()), odd, odd, odd, (name, a, b, c) => {
        const { problems } = render(`x{{${name} a b c}}{{${name} a}}`, { a, b, c });
        for (const { message } of problems) assert.match(message, /more than/);
      }),
      { numRuns: runs(1_000) },
    );
  });

  it('show code whatever backticks it holds', () => {
    for (const x of ['a', '`', '``a`', '` `', 'a```b', '~~~']) {
      assert.deepEqual(parseMarkdown(render('{{code x}}', { x }).message.body)[0], {
        type: 'paragraph',
        children: [{ type: 'code', text: x }],
      });
      const [block] = parseMarkdown(render('{{codeblock x language="js"}}', { x }).message.body);
      assert.deepEqual(block, { type: 'code', language: 'js', text: x });
    }
  });

  it('keep the Markdown of a text without its comments, and end the code it begins', () => {
    const body = '**a** <!-- hidden\n```\nnot code\n``` -->\n```js\nopen <!-- kept -->';
    const tree = parseMarkdown(render('{{markdown body}}\n\nafter', { body }).message.body);
    assert.deepEqual(
      tree.map(({ type }) => type),
      ['paragraph', 'code', 'paragraph'],
    );
    assert.equal(plainText(tree), 'a open <!-- kept --> after');
  });

  it('quote what others said, and end the quote', () => {
    const tree = parseMarkdown(
      render('a\n{{quote (markdown x)}}\nb\n{{quote none}}', { x: '- c\n\n**d**' }).message.body,
    );
    assert.deepEqual(
      tree.map(({ type }) => type),
      ['paragraph', 'quote', 'paragraph'],
    );
    assert.equal(plainText(tree), 'a c d b');
    assert.deepEqual(render('{{quote x}}', { x: '*c*\n> d' }).message.body, '> \\*c\\*\n> \\> d');
  });

  it('end an excerpt of code with its fence, and what follows is not code', () => {
    const x = '```\n1\n2\n```\n3\n4\n5';
    for (const lines of [1, 2, 3, 4, 5]) {
      const tree = parseMarkdown(render(`{{markdown (excerpt x 100 lines=${lines})}}\n\n# after`, { x }).message.body);
      assert.equal(tree.at(-1)?.type, 'heading', String(lines));
    }
  });

  it('never let a text swallow what follows it', () => {
    const piece = fc.constantFrom(
      '```',
      '~~~',
      '````',
      '\n',
      ' ',
      '- ',
      '> ',
      'a',
      '`',
      '<!--',
      '-->',
      '    ',
      '1. ',
      '\\',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const tree = parseMarkdown(render('{{markdown x}}\n\n# after', { x: pieces.join('') }).message.body);
        assert.equal(tree.at(-1)?.type, 'heading', JSON.stringify(pieces.join('')));
      }),
      { numRuns: runs(2_000) },
    );
  });
});

describe('the notification line', () => {
  it('is the first line with its mark, whatever else the message says', () => {
    const message = toMessage({ severity: 'critical', title: { text: 'Build 7 failed' }, body: '**tests** on `main`' });
    assert.equal(summarize(message), '❌ Build 7 failed');
  });

  it('is what the body says where there is no first line, without Markdown', () => {
    assert.equal(summarize(toMessage({ body: '**failed** on `main`\n\n- one' })), 'failed on main · one');
  });

  it('is the first fields where there is no body either', () => {
    assert.equal(summarize(toMessage({ fields: [{ name: 'Branch', value: '`main`' }] })), 'Branch: main');
  });

  it('has at most 150 characters as people count them', () => {
    const family = '👩‍👩‍👧';
    const line = summarize(toMessage({ body: `${family} `.repeat(400) }));
    assert.ok([...new Intl.Segmenter().segment(line)].length <= 150);
    assert.match(line, /…$/);
  });
});

function summarize(message: Message): string {
  return toSummaryLine(message, parseMarkdown(message.body), parseMarkdown);
}

function said({ message, template }: ReturnType<typeof compose>) {
  return [message.body, template];
}
