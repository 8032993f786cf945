import { markdownPen as pen } from '../markup/pen.ts';
import { isObject } from '../payload/scalar.ts';
import { objectsOf, textOf } from './chat-message.ts';

type Json = Readonly<Record<string, unknown>>;

const DEPTH_LIMIT = 6;

/** Slack's rich text as Markdown: its sections, lists, quotes and code. Nobody in it is pinged. */
export function richText(elements: readonly Json[], depth = 0): string {
  if (depth > DEPTH_LIMIT) return '';
  return elements
    .map((element) => {
      const inner = objectsOf(element.elements);
      switch (element.type) {
        case 'rich_text_section':
          return `${inline(inner)}\n`;
        case 'rich_text_quote':
          return pen.quote(inline(inner));
        case 'rich_text_preformatted':
          return pen.block(inner.map(plain).join(''));
        case 'rich_text_list':
          return listOf(element, inner);
        default:
          return inner.length > 0 ? richText(inner, depth + 1) : inline([element]);
      }
    })
    .join('')
    .trim();
}

function listOf({ style, indent }: Json, items: readonly Json[]): string {
  const before = '   '.repeat(typeof indent === 'number' ? Math.min(4, Math.max(0, Math.floor(indent))) : 0);
  const lines = items.map((item, index) => {
    const mark = style === 'ordered' ? `${index + 1}.` : '-';
    return `${before}${mark} ${inline(objectsOf(item.elements)).replace(/\s*\n\s*/g, ' ')}`;
  });
  return `\n${lines.join('\n')}\n`;
}

function inline(elements: readonly Json[]): string {
  return elements.map((element) => styled(element, plain(element))).join('');
}

function styled(element: Json, text: string): string {
  const style = isObject(element.style) ? element.style : {};
  if (style.code === true) return pen.code(text);
  let written = pen.text(text);
  if (style.strike === true) written = pen.strike(written);
  if (style.italic === true) written = pen.emphasis(written);
  if (style.bold === true) written = pen.strong(written);
  return element.type === 'link' ? pen.link(written, textOf(element.url)) : written;
}

/** What an element says, without its marks. A mention names nobody, because Slack gives only a number. */
function plain(element: Json): string {
  const text = typeof element.text === 'string' ? element.text : '';
  switch (element.type) {
    case 'user':
      return 'someone';
    case 'usergroup':
      return 'a group';
    case 'channel':
      return 'a channel';
    case 'broadcast':
      return `@${textOf(element.range) || 'channel'}`;
    case 'emoji':
      return emojiOf(element);
    case 'date':
      return textOf(element.fallback);
    case 'link':
      return text || textOf(element.url);
    default:
      return text || textOf(element.url);
  }
}

/** Slack sends the code points beside the name. */
function emojiOf({ unicode, name }: Json): string {
  const points = textOf(unicode)
    .split('-')
    .map((point) => (/^[\da-f]{2,6}$/i.test(point) ? Number.parseInt(point, 16) : Number.NaN));
  const known = points.every((point) => point >= 0x20 && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff));
  return known ? String.fromCodePoint(...points) : `:${textOf(name)}:`;
}
