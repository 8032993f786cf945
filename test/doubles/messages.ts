import fc from 'fast-check';
import { densities, notifyLevels } from '../../src/core/message/density.ts';
import { marks } from '../../src/core/message/mark.ts';
import { escapeMarkdown, type Message, SENTINEL, toMessage } from '../../src/core/message/message.ts';
import { linkUrl } from '../../src/core/message/safe-link.ts';
import type { Block, Inline, ParseMarkdown } from '../../src/core/message/tree.ts';
import { cleanText } from '../../src/core/text/clean-text.ts';
import { anyCharacter } from '../any-text.ts';

/** Texts that mean something to a chat, to a parser, or to nobody. */
const HOSTILE = [
  '@everyone',
  '@here',
  '<!channel>',
  '<!here|x>',
  '<@U012ABC>',
  '<#C012ABC|ops>',
  '<!subteam^S012>',
  '#general',
  '<@123456789012345678>',
  '<@!123456789012345678>',
  '<@&123456789012345678>',
  '<#123456789012345678>',
  ':tada:',
  '<:a:123456789012345678>',
  '<a:b:123456789012345678>',
  '</mute:123456789012345678>',
  '<t:1700000000:R>',
  '<id:customize>',
  'https://evil.example/x',
  '<https://evil.example|https://github.com>',
  '[https://github.com](https://evil.example)',
  '**bold**',
  '*a* _b_ ~c~ ~~d~~',
  '`code`',
  '```',
  '``` js\nx\n```',
  '||secret||',
  '> quote',
  '>>> quote',
  '# head',
  '-# small',
  '- item',
  '1. item',
  '\\',
  '\\\\',
  '\\*',
  '&amp;',
  '&',
  '<',
  '>',
  '|',
  '(',
  ')',
  '[',
  ']',
  '<!date^1^{date}|x>',
  '\u202Egnp.exe',
  '\u2066x',
  '\ud800',
  'x\udc00',
  `${SENTINEL.open}m0${SENTINEL.close}`,
  '\u0000',
  '\u200b',
  ' ',
  '\n',
  '\n\n',
  '',
  '🏳️‍🌈👩‍👩‍👧‍👦',
  'שלום עולם',
  'مرحبا',
  '漢字',
  `e${'\u0301'.repeat(3000)}`,
  'a'.repeat(400),
  '&'.repeat(300),
  '<'.repeat(300),
  '`'.repeat(7),
  '@'.repeat(9),
  'https://',
  'javascript:alert(1)',
];
const URLS = [
  'https://github.com/acme/api',
  'https://evil.example',
  'https://x.example/a|b>c<d e',
  'https://x.example/(a)_[b]',
  'javascript:alert(1)',
  'data:text/html,x',
  'mailto:a@x.example',
  'https://github.com@evil.example',
  `https://x.example/${'a'.repeat(600)}`,
  `https://x.example/${'a'.repeat(1900)}`,
  `https://x.example/${'é'.repeat(900)}`,
  `https://x.example/${'a'.repeat(5000)}`,
  '',
  'no url',
  '//x.example',
];
const IDS = {
  slack: ['U012ABC', 'W0AB', 'S0AB', '<!channel>', ''],
  discord: ['123456789012345678', '&223456789012345678', '@everyone', ''],
};

const piece = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...HOSTILE) },
  fc.string({ unit: anyCharacter, maxLength: 30 }),
  fc.lorem({ maxCount: 3 }),
);
/** Any text at all, mostly of the kind that breaks things. */
export const anyText = fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join(''));
const someText = fc.oneof(
  anyText,
  anyText.map((text) => text.repeat(40)),
);
const anyUrl = fc.constantFrom(...URLS);
/** What a parser lets into a tree. */
const cleanTexts = { some: someText.map(cleanText), any: anyText.map(cleanText) };
const anyLink = fc.constantFrom(...URLS.flatMap((url) => linkUrl(url) ?? []));

const { inline, block } = fc.letrec<{ inline: Inline; block: Block }>((tie) => {
  const inlines = fc.array(tie('inline'), { maxLength: 3 });
  const blocks = fc.array(tie('block'), { maxLength: 3 });
  return {
    inline: fc.oneof(
      { maxDepth: 3, depthIdentifier: 'inline' },
      fc.record({ type: fc.constant('text' as const), text: cleanTexts.some }),
      fc.record({ type: fc.constant('code' as const), text: cleanTexts.any }),
      fc.constant({ type: 'break' as const }),
      fc.record({ type: fc.constant('mention' as const), index: fc.integer({ min: -1, max: 3 }) }),
      fc.record({
        type: fc.constant('time' as const),
        unix: fc.constantFrom(0, 1_700_000_000, -5, Number.NaN, 1e20, 1.5),
        style: fc.constantFrom('time' as const, 'date' as const, 'datetime' as const, 'relative' as const),
        fallback: cleanTexts.any,
      }),
      fc.record({
        type: fc.constantFrom('strong' as const, 'emphasis' as const, 'strike' as const),
        children: inlines,
      }),
      fc.record({ type: fc.constant('link' as const), url: anyLink, children: inlines }),
    ),
    block: fc.oneof(
      { maxDepth: 3, depthIdentifier: 'block' },
      fc.record({ type: fc.constant('paragraph' as const), children: inlines }),
      fc.record({
        type: fc.constant('heading' as const),
        level: fc.constantFrom(1 as const, 3 as const, 6 as const),
        children: inlines,
      }),
      fc.record({ type: fc.constant('code' as const), language: cleanTexts.any, text: cleanTexts.some }),
      fc.constant({ type: 'rule' as const }),
      fc.record({
        type: fc.constant('list' as const),
        ordered: fc.boolean(),
        start: fc.constantFrom(0, 1, 7, 999_999_999),
        items: fc.array(
          fc.oneof(fc.record({ children: blocks }), fc.record({ checked: fc.boolean(), children: blocks })),
          { maxLength: 4 },
        ),
      }),
      fc.record({ type: fc.constant('quote' as const), children: blocks }),
      fc
        .tuple(fc.integer({ min: 1, max: 25 }), fc.integer({ min: 1, max: 120 }), inlines, inlines)
        .map(([width, height, one, other]) => ({
          type: 'table' as const,
          columns: Array.from(
            { length: width },
            (_, index) => (['left', 'center', 'right', undefined] as const)[index % 4],
          ),
          rows: Array.from({ length: height }, (_, row) =>
            Array.from({ length: width }, (_, column) => ((row + column) % 3 ? one : other)),
          ),
        })),
    ),
  };
});

const action = fc.oneof(
  fc.record({ label: anyText, url: anyUrl, tucked: fc.boolean() }),
  fc.record({
    label: anyText,
    command: fc.constantFrom('mute', 'replay'),
    options: fc.dictionary(anyText, anyText, { maxKeys: 3 }),
    tucked: fc.boolean(),
  }),
  fc.record({
    label: anyText,
    command: fc.constantFrom('remove'),
    options: fc.constantFrom({}, { endpoint: 'api' }, { endpoint: 'x'.repeat(3000) }),
    style: fc.constantFrom('primary' as const, 'danger' as const),
    confirm: fc.record({ title: anyText, text: anyText, yes: anyText }),
  }),
);

/** Any message, with the tree of its body and of each field's value. */
export const anyMessage: fc.Arbitrary<{ message: Message; parseMarkdown: ParseMarkdown }> = fc
  .record({
    tree: fc.array(block, { maxLength: 6, size: 'max' }),
    values: fc.array(fc.array(inline, { maxLength: 3 }), { maxLength: 60, size: 'max' }),
    repeat: fc.constantFrom(1, 1, 1, 8),
    names: anyText,
    title: fc.option(
      fc.record({
        text: fc.oneof(
          anyText,
          anyText.map((text) => text.repeat(60)),
        ),
        url: anyUrl,
      }),
      { nil: undefined },
    ),
    author: fc.option(fc.record({ name: someText, url: anyUrl, icon: anyUrl }), { nil: undefined }),
    footer: fc.option(someText, { nil: undefined }),
    image: fc.option(fc.record({ url: anyUrl, alt: anyText }), { nil: undefined }),
    mark: fc.constantFrom(...marks),
    density: fc.option(fc.constantFrom(...densities), { nil: undefined }),
    notify: fc.option(fc.constantFrom(...notifyLevels), { nil: undefined }),
    menu: fc.boolean(),
    occurredAt: fc.constantFrom(
      '2026-03-01T10:00:00Z',
      'yesterday',
      '',
      '+275760-09-13T00:00:00.000Z',
      '-000001-01-01T00:00:00Z',
    ),
    severity: fc.constantFrom('info' as const, 'good' as const, 'warning' as const, 'critical' as const),
    actions: fc.oneof(fc.array(action, { maxLength: 6 }), fc.array(action, { minLength: 60, maxLength: 60 })),
    mentions: fc.array(
      fc.record({
        name: anyText,
        ids: fc.record({ slack: fc.constantFrom(...IDS.slack), discord: fc.constantFrom(...IDS.discord) }),
      }),
      { maxLength: 3 },
    ),
  })
  .map(({ tree, values, repeat, names, title, author, footer, image, density, notify, menu, ...parts }) => {
    const fields = values.map((_, index) => ({ name: names, value: `§${index}`, wide: index % 4 === 0 }));
    const message = toMessage({
      ...parts,
      body: '§body',
      fields,
      ...(title && { title }),
      ...(author && { author }),
      ...(footer && { footer }),
      ...(image && { image }),
      ...(density && { density }),
      ...(notify && { notify }),
      ...(menu && { menu: { label: '⋯', command: 'menu', options: { event: '42' } } }),
    });
    const body = Array.from({ length: repeat }, () => tree).flat();
    const parseMarkdown: ParseMarkdown = (markdown) =>
      markdown === '§body' ? body : [{ type: 'paragraph', children: values[Number(markdown.slice(1))] ?? [] }];
    return { message, parseMarkdown };
  });

/** Markdown of nothing but words: every line a paragraph. */
export const parseWords: ParseMarkdown = (markdown) =>
  markdown
    .split('\n')
    .filter(Boolean)
    .map((line) => ({ type: 'paragraph', children: [{ type: 'text', text: line.replace(/\\(.)/g, '$1') }] }));

/** A message whose every part holds a word of its own, some of them too long or too many. */
export const aMessageOfWords = fc
  .record({
    lines: fc.integer({ min: 0, max: 400 }),
    fields: fc.integer({ min: 0, max: 200 }),
    links: fc.integer({ min: 0, max: 40 }),
    longTitle: fc.boolean(),
  })
  .map(({ lines, fields, links, longTitle }) => {
    const words = { body: wordsOf('line', lines), fields: wordsOf('field', fields), links: wordsOf('link', links) };
    const message = toMessage({
      title: { text: `title0 ${longTitle ? 'long '.repeat(1000) : ''}title1` },
      body: words.body.map((word) => `${word} says a thing or two`).join('\n'),
      fields: words.fields.map((word) => ({ name: `name-${word}`, value: escapeMarkdown(`value of ${word}`) })),
      actions: words.links.map((word) => ({ label: word, url: 'https://x.example/' })),
      footer: 'footer0',
    });
    return { message, words: ['title0', 'title1', 'footer0', ...words.body, ...words.fields, ...words.links] };
  });

function wordsOf(name: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${name}${index}w`);
}
