import type { Mention, Message } from '../../../core/message/message.ts';
import { webUrl } from '../../../core/message/safe-link.ts';
import { mentionText } from '../../../core/message/tree-text.ts';
import { oneLine } from '../../../core/text/clean-text.ts';
import { cutText } from '../../../core/text/cut-text.ts';
import { slackLength, toMrkdwn } from './mrkdwn.ts';
import { plainTextObject, type RichTextElement, type SlackBlock } from './payload.ts';
import { slackMention } from './slack-mention.ts';
import { linkElement, textElement } from './to-elements.ts';

const TITLE_LENGTH = 600;
const NAME_LENGTH = 200;
const AUTHOR_LINK_LENGTH = 1000;
const PINGS = 20;

export interface Head {
  readonly blocks: readonly SlackBlock[];
  readonly cut: boolean;
}

/** What stands above the bar: the author in small, then the title and everybody who is to be pinged. */
export function toHead({ author, title, mentions }: Message): Head {
  const whole = oneLine(title?.text ?? '');
  const text = cutText(whole, TITLE_LENGTH, slackLength);
  const elements = [...toTitle(text, title?.url), ...toPings(mentions, text !== '')];
  const line: SlackBlock[] =
    elements.length > 0 ? [{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] }] : [];
  return { blocks: [...toAuthor(author), ...line], cut: text !== whole };
}

function toTitle(text: string, url: string | undefined): readonly RichTextElement[] {
  const bold = { bold: true } as const;
  return text && webUrl(url) && url ? linkElement(url, text, bold) : textElement(text, bold);
}

function toPings(mentions: readonly Mention[], behindTitle: boolean): readonly RichTextElement[] {
  return mentions
    .slice(0, PINGS)
    .flatMap((mention, index) => [
      ...(behindTitle || index > 0 ? textElement('  ') : []),
      ...(slackMention(mention) ? [] : textElement(mentionText(mention))),
      ...[slackMention(mention) ?? []].flat(),
    ]);
}

function toAuthor(author: Message['author']): readonly SlackBlock[] {
  const name = cutText(oneLine(author?.name ?? ''), NAME_LENGTH, slackLength);
  if (!author || !name) return [];
  const icon = webUrl(author.icon, AUTHOR_LINK_LENGTH);
  const url = webUrl(author.url, AUTHOR_LINK_LENGTH);
  const link = url && toMrkdwn([{ type: 'link', url, children: [{ type: 'text', text: name }] }], []);
  return [
    {
      type: 'context',
      elements: [
        ...(icon ? [{ type: 'image', image_url: icon, alt_text: name } as const] : []),
        link ? { type: 'mrkdwn', text: link, verbatim: true } : plainTextObject(name),
      ],
    },
  ];
}
