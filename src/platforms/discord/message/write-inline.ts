import type { Mention } from '../../../core/message/message.ts';
import { honestLabel, type LinkUrl, webUrl } from '../../../core/message/safe-link.ts';
import type { Inline, TimeStyle } from '../../../core/message/tree.ts';
import { inlineText, mentionText } from '../../../core/message/tree-text.ts';
import { discordMention } from './discord-mention.ts';
import { escapeDiscord } from './escape-discord.ts';

/** https://discord.com/developers/docs/reference#message-formatting-timestamp-styles */
const TIME_STYLES: Readonly<Record<TimeStyle, string>> = { time: 't', date: 'D', datetime: 'f', relative: 'R' };
const LAST_SECOND = 8_640_000_000_000;

/** Inline nodes as Discord's Markdown, all text escaped. */
export function writeInline(nodes: readonly Inline[], mentions: readonly Mention[]): string {
  let written = '';
  for (const node of nodes) {
    const part = write(node, mentions);
    // Marks that touch, such as two bold words in a row, would be read as one.
    const touching = written !== '' && /[*_~`|]$/.test(written) && /^[*_~`|]/.test(part);
    written += touching ? `\u200B${part}` : part;
  }
  return written;
}

function write(node: Inline, mentions: readonly Mention[]): string {
  switch (node.type) {
    case 'text':
      return escapeDiscord(node.text);
    case 'code':
      return writeCode(node.text);
    case 'strong':
      return wrap('**', writeInline(node.children, mentions));
    case 'emphasis':
      return wrap('*', writeInline(node.children, mentions));
    case 'strike':
      return wrap('~~', writeInline(node.children, mentions));
    case 'break':
      return '\n';
    case 'link':
      return writeLink(
        node.url,
        inlineText(node.children, mentions),
        node.children.every(({ type }) => type === 'code'),
      );
    case 'mention':
      return discordMention(mentions[node.index])?.written ?? escapeDiscord(mentionText(mentions[node.index]));
    case 'time':
      return isMoment(node.unix) ? `<t:${node.unix}:${TIME_STYLES[node.style]}>` : escapeDiscord(node.fallback);
  }
}

/** Code knows no escape, so a backtick in it becomes a letter that looks alike. */
function writeCode(text: string): string {
  const code = text.replaceAll('`', 'ˋ').replace(/\s*\n\s*/g, ' ');
  return code.trim() ? `\`${code}\`` : '';
}

function wrap(mark: string, text: string): string {
  const [, before = '', inner = '', after = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(text) ?? [];
  return inner ? `${before}${mark}${inner}${mark}${after}` : text;
}

/** A masked link with a label that names no other host. Discord links to no mail address, so that is text. */
export function writeLink(url: LinkUrl, label: string, code = false): string {
  const text = honestLabel(label, url).replace(/\s+/g, ' ').trim();
  if (url.startsWith('mailto:')) return escapeDiscord(text && text !== url ? `${text} (${url.slice(7)})` : url);
  if (!text || text === url || webUrl(text) === url) return `<${url}>`;
  return `[${code && !/[[\]]/.test(text) ? writeCode(text) : escapeDiscord(text)}](${url})`;
}

function isMoment(unix: number): boolean {
  return Number.isInteger(unix) && Math.abs(unix) <= LAST_SECOND;
}
