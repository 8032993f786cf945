import { decodeEntities } from '../../core/text/entities.ts';

const UNSHOWN = /<(script|style|head|template)\b[^>]{0,1000}>[\s\S]*?(?:<\/\1\s*>|$)/gi;
const BREAK = /<(?:br|hr|\/p|\/div|\/h[1-6]|\/tr|\/table|\/ul|\/ol|\/blockquote|\/pre)\b[^>]{0,200}>/gi;

/** What a person reads of HTML, as text with line breaks. */
export function htmlText(html: string): string {
  const bare = html
    .replace(/\s+/g, ' ')
    .replace(UNSHOWN, '')
    .replace(/<!--[\s\S]*?(?:-->|$)/g, '')
    .replace(BREAK, '\n')
    .replace(/<li\b[^>]{0,200}>/gi, '\n• ')
    .replace(/<\/?[a-z][^<>]{0,2000}>/gi, '');
  return decodeEntities(bare)
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
