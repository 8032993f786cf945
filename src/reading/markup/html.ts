import { decodeEntities } from '../../core/text/entities.ts';
import type { Pen } from './pen.ts';

/** The elements people write in mail, editors and Markdown. Whatever else stands in angle brackets is text. */
const KNOWN = new Set(
  (
    'a abbr address article aside b big blockquote body br caption center cite code dd del details dfn div dl dt em figcaption figure font ' +
    'footer h1 h2 h3 h4 h5 h6 head header hr html i img input ins kbd label li link main mark meta nav ol p pre q s samp script section small span ' +
    'strike strong style sub summary sup svg table tbody td template tfoot th thead time title tr tt u ul var video picture source iframe button form'
  ).split(' '),
);
const TAG = /<!--[\s\S]*?(?:-->|$)|<!doctype[^>]{0,200}>|<(\/?)([a-z][a-z\d]{0,12})((?:\s[^<>]{0,2000}|\/)?)>/gi;
const UNSHOWN = new Set(['head', 'script', 'style', 'template', 'svg', 'title', 'video', 'iframe']);
const LINES = new Set(
  'address article aside caption dd div dl dt figure footer form header main nav ol p section summary table tbody thead tr ul'.split(
    ' ',
  ),
);
const MARKS = new Map<string, 'strong' | 'emphasis' | 'strike' | 'heading' | 'quote' | 'item'>([
  ...(['b', 'strong', 'th'] as const).map((name) => [name, 'strong'] as const),
  ...(['i', 'em', 'cite'] as const).map((name) => [name, 'emphasis'] as const),
  ...(['s', 'strike', 'del'] as const).map((name) => [name, 'strike'] as const),
  ...(['h1', 'h2', 'h3', 'h4', 'h5', 'h6'] as const).map((name) => [name, 'heading'] as const),
  ['blockquote', 'quote'],
  ['li', 'item'],
]);
const DEPTH_LIMIT = 100;

interface Open {
  readonly name: string;
  readonly attributes: string;
  written: string;
}

/** Whether a text holds elements of HTML: one that is closed, or one that stands alone by nature. */
export function holdsHtml(text: string): boolean {
  return /<\/[a-z][a-z\d]{0,12}\s*>|<(?:br|hr|img)\b[^<>]*>/i.test(text) && tagsOf(text) > 0;
}

function tagsOf(text: string): number {
  return text
    .matchAll(TAG)
    .filter(([, , name]) => name !== undefined && KNOWN.has(name.toLowerCase()))
    .take(1)
    .toArray().length;
}

/**
 * HTML in another form: links, lists and emphasis stay, scripts and styles go, and unknown elements are text. Where the
 * text around the elements is `marked` already, it stays as it is.
 */
export function readHtml(html: string, pen: Pen, { marked = false } = {}): string {
  const stack: Open[] = [{ name: '', attributes: '', written: '' }];
  const top = () => stack.at(-1) as Open; // The first one is never closed.
  const write = (text: string) => {
    top().written += text;
  };
  const close = () => {
    const { name, attributes, written } = stack.pop() as Open; // Only called where more than one is open.
    write(finish(name, attributes, written, pen));
  };
  const literal = (text: string) => {
    if (marked) return text;
    const kept = stack.some(({ name }) => name === 'pre' || name === 'code');
    return kept ? decodeEntities(text) : pen.text(decodeEntities(text.replace(/\s+/g, ' ')));
  };
  let end = 0;
  for (const match of html.matchAll(TAG)) {
    const [tag, slash, found, attributes = ''] = match;
    const name = found?.toLowerCase();
    if (name !== undefined && !KNOWN.has(name)) continue;
    const unshown = stack.some((open) => UNSHOWN.has(open.name));
    if (!unshown) write(literal(html.slice(end, match.index)));
    end = match.index + tag.length;
    if (name === undefined || (unshown && !UNSHOWN.has(name))) continue;
    if (slash) {
      if (stack.some((open) => open.name === name))
        while (stack.length > 1) {
          const last = top().name === name;
          close();
          if (last) break;
        }
    } else if (name === 'br' || name === 'hr') write('\n');
    else if (name === 'img') write(pen.text(attribute(attributes, 'alt')));
    else if (['meta', 'link', 'input', 'source'].includes(name) || attributes.endsWith('/')) continue;
    else if (stack.length < DEPTH_LIMIT) {
      if (name === 'li' && top().name === 'li') close();
      stack.push({ name, attributes, written: '' });
    }
  }
  if (!stack.some((open) => UNSHOWN.has(open.name))) write(literal(html.slice(end)));
  while (stack.length > 1) close();
  return marked ? top().written.replace(/\n{3,}/g, '\n\n') : tidy(top().written);
}

function finish(name: string, attributes: string, written: string, pen: Pen): string {
  if (UNSHOWN.has(name)) return '';
  if (name === 'pre') return pen.block(written);
  if (name === 'code' || name === 'kbd' || name === 'samp' || name === 'tt') return pen.code(written);
  if (name === 'a') return anchor(attribute(attributes, 'href'), written, pen);
  if (name === 'td' || name === 'th') return `${written.trim()}  `;
  const mark = MARKS.get(name);
  if (mark)
    return written.trim() === '' ? '' : pen[mark](mark === 'item' || mark === 'quote' ? tidy(written) : written);
  return LINES.has(name) ? `\n${written}\n` : written;
}

function anchor(url: string, written: string, pen: Pen): string {
  return /^https?:\/\/\S+$|^mailto:\S+$/i.test(url) && written.trim() !== '' ? pen.link(written, url) : written;
}

function attribute(attributes: string, name: string): string {
  const found = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(attributes);
  return decodeEntities(found?.[1] ?? found?.[2] ?? found?.[3] ?? '').trim();
}

function tidy(text: string): string {
  return text
    .replace(/[^\S\n]+\n/g, '\n')
    .replace(/\n[^\S\n](?![^\S\n])/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
