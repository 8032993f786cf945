import { escapeMarkdown, type Markdown } from '../../core/message/message.ts';
import { holdsHtml, readHtml } from './html.ts';
import { holdsMrkdwn, readMrkdwn } from './mrkdwn.ts';
import { markdownPen, type Pen, plainPen } from './pen.ts';
import { plainMarkdown } from './plain-markdown.ts';
import { holdsWiki, readWiki } from './wiki.ts';

/** How a text from outside is marked up. */
export type Flavour = 'html' | 'mrkdwn' | 'wiki' | 'markdown' | 'plain';

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours of terminals begin with one.
const ANSI = /\u001b\[[\d;?]{0,20}[A-Za-z]|\u001b\][^\u0007\u001b]{0,500}(?:\u0007|\u001b\\)|\u001b[()][A-Z0-9]/g;
const MARKDOWN =
  /\*\*(?=\S)[^*\n]{1,500}\*\*|__(?=\S)[^_\n]{1,500}__|!?\[[^\]\n]{0,500}\]\((?:<?https?:\/\/|mailto:)[^)\n]{1,2000}\)|^ {0,3}#{1,6} \S|^ {0,3}```|`[^`\n]{1,300}`|~~(?=\S)[^~\n]{1,300}~~|^ {0,3}> \S|^ {0,3}(?:[-+] |\d{1,3}\. )\S/m;
/** One star is bold in chats that are not Markdown, and nobody slants a word in a notification. */
const STARRED =
  /(?<![\w*])\*(?=[^\s*])[^*\n]{1,300}?(?<=[^\s*])\*(?![\w*])|(?<![\w_])_(?=[^\s_])[^_\n]{1,300}?(?<=[^\s_])_(?![\w_])/;

const CODE = /((?:^|\n) {0,3}```[\s\S]*?(?:\n {0,3}```|$)|`[^`\n]+`)/;

/** What a text seems to be marked up with. A guess that is wrong shows a mark too many or too few, and never hides a word. */
export function flavourOf(text: string): Flavour {
  if (!/[<*_[`~#>{|+-]|\d\. /.test(text)) return 'plain';
  if (holdsMrkdwn(text)) return 'mrkdwn';
  if (holdsWiki(text)) return 'wiki';
  const html = holdsHtml(text);
  if (MARKDOWN.test(text)) return html && /^\s*</.test(text) ? 'html' : 'markdown';
  if (html) return 'html';
  return STARRED.test(text) ? 'mrkdwn' : 'plain';
}

/** A text from outside as Markdown: its links, lists and emphasis stay, whatever they were written in. */
export function toMarkup(text: string, flavour: Flavour = flavourOf(text)): Markdown {
  const said = withoutColours(text);
  if (flavour === 'plain') return escapeMarkdown(said);
  if (flavour !== 'markdown') return converted(said, flavour, markdownPen);
  return holdsHtml(said) ? readHtmlInMarkdown(said) : said;
}

/** The words of a text from outside, without the marks around them. */
export function toPlain(text: string, flavour: Flavour = flavourOf(text)): string {
  const said = withoutColours(text);
  if (flavour === 'plain') return said;
  if (flavour !== 'markdown') return converted(said, flavour, plainPen);
  return plainMarkdown(holdsHtml(said) ? readHtmlInMarkdown(said) : said);
}

export function withoutColours(text: string): string {
  return text.includes('\u001b') ? text.replace(ANSI, '') : text;
}

function converted(text: string, flavour: 'html' | 'mrkdwn' | 'wiki', pen: Pen): string {
  if (flavour === 'html') return readHtml(text, pen);
  return flavour === 'mrkdwn' ? readMrkdwn(text, pen) : readWiki(text, pen);
}

/** Code hosts render both at once: elements are turned, and the Markdown around them stays as it is. */
function readHtmlInMarkdown(text: string): Markdown {
  return text
    .split(CODE)
    .map((part, index) => (index % 2 ? part : readHtml(part, markdownPen, { marked: true })))
    .join('');
}
