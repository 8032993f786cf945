import type { Mention } from '../../../core/message/message.ts';
import { honestLabel, type LinkUrl } from '../../../core/message/safe-link.ts';
import type { Inline } from '../../../core/message/tree.ts';
import { inlineText, mentionText } from '../../../core/message/tree-text.ts';
import { dateFormats, isMoment } from './date-format.ts';
import { slackMention } from './slack-mention.ts';

/** Text as mrkdwn keeps it. Slack wants exactly these three escaped: https://docs.slack.dev/messaging/formatting-message-text */
export function escapeMrkdwn(text: string): string {
  return text.replace(/[&<>]/g, (character) => (character === '&' ? '&amp;' : character === '<' ? '&lt;' : '&gt;'));
}

/** How many characters Slack counts for a text. */
export function slackLength(text: string): number {
  let length = text.length;
  for (const character of text.match(/[&<>]/g) ?? []) length += character === '&' ? 4 : 3;
  return length;
}

// mrkdwn has no escape for these: style characters that could open or close, names of emoji, and quotes at a line's start.
const STYLING = /`|[*~]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|:[\w+'-]+:|^\s*>/mu;

/** Whether text stays as it is in mrkdwn. */
export function isLiteralInMrkdwn(text: string): boolean {
  return !STYLING.test(text);
}

const LOOKALIKES: Readonly<Record<string, string>> = { '`': 'ˋ', '*': '∗', '~': '∼', _: 'ˍ' };

/** Text on one line as mrkdwn that shows it: a character that could open or close a style becomes one that looks alike. */
export function plainMrkdwn(text: string): string {
  const tamed = text
    .replace(/[`*~]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, (character) => LOOKALIKES[character] ?? character)
    .replace(/:(?=[\w+'-]+:)/g, ':\u200B');
  return escapeMrkdwn(tamed);
}

/** A link with a label that names no other host. */
export function mrkdwnLink(url: LinkUrl, label: string): string {
  return `<${escapeMrkdwn(url)}|${plainMrkdwn(honestLabel(label, url)).replaceAll('|', '¦')}>`;
}

/** Inline nodes as mrkdwn; nothing when some text in them would turn into markup there. */
export function toMrkdwn(nodes: readonly Inline[], mentions: readonly Mention[]): string | undefined {
  let written = '';
  for (const node of nodes) {
    const part = write(node, mentions);
    if (part === undefined) return undefined;
    written += part;
  }
  return written;
}

function write(node: Inline, mentions: readonly Mention[]): string | undefined {
  switch (node.type) {
    case 'text':
      return literal(node.text);
    case 'code':
      return node.text.includes('\n') ? undefined : wrap('`', literal(node.text));
    case 'strong':
      return wrap('*', toMrkdwn(node.children, mentions));
    case 'emphasis':
      return wrap('_', toMrkdwn(node.children, mentions));
    case 'strike':
      return wrap('~', toMrkdwn(node.children, mentions));
    case 'break':
      return '\n';
    case 'link':
      return writeLink(node.url, inlineText(node.children, mentions));
    case 'mention': {
      const mention = slackMention(mentions[node.index]);
      if (mention?.type === 'user') return `<@${mention.user_id}>`;
      return mention ? `<!subteam^${mention.usergroup_id}>` : literal(mentionText(mentions[node.index]));
    }
    case 'time':
      return isMoment(node.unix)
        ? `<!date^${node.unix}^${dateFormats[node.style]}|${escapeMrkdwn(node.fallback) || 'a date'}>`
        : literal(node.fallback);
  }
}

function literal(text: string): string | undefined {
  return isLiteralInMrkdwn(text) ? escapeMrkdwn(text) : undefined;
}

/** Style only takes effect around text that begins and ends with something visible; an unusual place goes another way. */
function wrap(mark: string, text: string | undefined): string | undefined {
  if (!text) return text;
  return text === text.trim() && !text.includes('\n') ? mark + text + mark : undefined;
}

function writeLink(url: LinkUrl, label: string): string | undefined {
  const written = literal(honestLabel(label, url).trim() || url);
  return written === undefined || written.includes('\n')
    ? undefined
    : `<${escapeMrkdwn(url)}|${written.replaceAll('|', '¦')}>`;
}
