import { decodeEntities } from '../../core/text/entities.ts';
import { outsideCode } from './outside-code.ts';

const ATTRIBUTES = '(?:\\s[^<>]{0,2000})?';
const UNSHOWN = whole('script|style|template');
const BLOCK_OF_CODE = whole('pre');
const CODE = pair('code|kbd|samp|tt');
const STRONG = pair('b|strong');
const EMPHASIS = pair('i|em');
const STRIKE = pair('s|strike|del');
const LINK = /<a(\s[^<>]{0,2000})?>([^<>]{0,2000})<\/a\s*>/gi;
const IMAGE = /<img(\s[^<>]{0,2000}?)\/?>/gi;
const TAG = new RegExp(`</?([a-z][a-z0-9]{0,15})${ATTRIBUTES}/?>`, 'gi');

/** What stands in place of a tag. Tags that are not here, such as `<name>`, are somebody's text. */
const STAND_INS = new Map<string, string>([
  ...all('br summary dt dd tr figcaption', '\n'),
  ...all(
    'p div section article header footer center details ul ol dl table blockquote figure h1 h2 h3 h4 h5 h6',
    '\n\n',
  ),
  ...all('td th', ' '),
  ...all('a abbr b caption cite code del em font i img ins kbd mark picture pre q s samp small source span', ''),
  ...all('strike strong sub sup tbody tfoot thead tt u var video wbr', ''),
  ['hr', '\n\n---\n\n'],
]);

/** The HTML that code hosts draw within Markdown, as Markdown, or as the words in it. Code stays as it is. */
export function htmlToMarkdown(text: string): string {
  if (!text.includes('<')) return text;
  const codes = outsideCode(text, (part) =>
    part.replace(UNSHOWN, '').replace(BLOCK_OF_CODE, toBlockOfCode).replace(CODE, toCode),
  );
  return outsideCode(codes, (part) =>
    withoutTags(linked(part))
      .replace(/[ \t]+$/gm, '')
      .replace(/\n{3,}/g, '\n\n'),
  );
}

function linked(text: string): string {
  return text
    .replace(STRONG, (_, words: string) => marked('**', words))
    .replace(EMPHASIS, (_, words: string) => marked('*', words))
    .replace(STRIKE, (_, words: string) => marked('~~', words))
    .replace(IMAGE, (_, attributes: string) => toImage(attributes))
    .replace(LINK, (_, attributes: string | undefined, words: string) =>
      toLink(words.trim(), addressOf('href', attributes)),
    );
}

function withoutTags(text: string): string {
  return text
    .replace(/<h([1-6])(?:\s[^<>]{0,2000})?>\s*/gi, (_, level: string) => `\n\n${'#'.repeat(Number(level))} `)
    .replace(/\s*<li(?:\s[^<>]{0,2000})?>\s*/gi, '\n- ')
    .replace(/<\/li\s*>/gi, '')
    .replace(TAG, (tag, name: string) => STAND_INS.get(name.toLowerCase()) ?? tag)
    .replace(/<\/?[a-z][a-z0-9]{0,15}\s[^<>]{0,2000}…$/i, '…');
}

function toBlockOfCode(_: string, code: string): string {
  const said = decodeEntities(code.replace(TAG, '')).replace(/^\n+|\s+$/g, '');
  return said.includes('```') ? said : `\n\n\`\`\`\n${said}\n\`\`\`\n\n`;
}

function toCode(_: string, code: string): string {
  const said = decodeEntities(code).trim();
  return said && !said.includes('`') ? `\`${said}\`` : said;
}

function marked(mark: string, words: string): string {
  const said = words.trim();
  return said && `${mark}${said}${mark}`;
}

function toLink(words: string, url: string | undefined): string {
  return url ? `[${words || url}](${url})` : words;
}

function toImage(attributes: string): string {
  const [alt = '', url] = [attributeOf('alt', attributes)?.replace(/[[\]<>\n]/g, ' '), addressOf('src', attributes)];
  return url ? `![${alt}](${url})` : alt;
}

/** An attribute that is an address, fit to stand within Markdown. */
function addressOf(name: string, attributes: string | undefined): string | undefined {
  return attributeOf(name, attributes)?.replace(
    /[\s<>()]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
}

function attributeOf(name: string, attributes = ''): string | undefined {
  const [, double, single, bare] =
    new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(attributes) ?? [];
  return decodeEntities(double ?? single ?? bare ?? '').trim() || undefined;
}

/** From a tag to the one that ends it, of which none begins again in between: what never ends is looked at once. */
function whole(names: string): RegExp {
  return new RegExp(`<(?:${names})${ATTRIBUTES}>((?:[^<]|<(?!/?(?:${names})\\b))*)</(?:${names})\\s*>`, 'gi');
}

function pair(names: string): RegExp {
  return new RegExp(`<(?:${names})${ATTRIBUTES}>([^<>]{0,2000})</(?:${names})\\s*>`, 'gi');
}

function all(names: string, standIn: string): readonly (readonly [string, string])[] {
  return names.split(' ').map((name) => [name, standIn]);
}
