import { marked } from '../../../core/message/mark.ts';
import type { CleanMention, Message } from '../../../core/message/message.ts';
import { mentionText } from '../../../core/message/tree-text.ts';
import { cutText } from '../../../core/text/cut-text.ts';
import { mrkdwnLink, plainMrkdwn, slackLength } from './mrkdwn.ts';
import { mrkdwnObject, type OverflowMenu, type RichTextElement, type SlackBlock } from './payload.ts';
import { slackMention } from './slack-mention.ts';
import { linkElement, textElement } from './to-elements.ts';

const TITLE_LENGTH = 600;
const CONTEXT_LENGTH = 200;
const NAME_LENGTH = 80;
const PINGS = 20;
/** https://docs.slack.dev/reference/block-kit/blocks/section-block */
const SECTION_LENGTH = 3000;

export interface Head {
  readonly blocks: readonly SlackBlock[];
  readonly cut: boolean;
}

/**
 * What stands above the bar: the first line with its mark, everybody who is to be pinged, and the menu beside it, where
 * it takes no row. A compact message says on the same line where it came from.
 */
export function toHead(message: Message, menu?: OverflowMenu): Head {
  const { title, mark, mentions, footer, density } = message;
  const whole = title?.text ?? '';
  const text = cutText(whole, TITLE_LENGTH, slackLength);
  const context = density === 'compact' && footer ? cutText(footer, CONTEXT_LENGTH) : '';
  const pinged = mentions.slice(0, PINGS);
  if (!text && pinged.length === 0) return { blocks: [], cut: false };

  const bold = text && `*${title?.url ? mrkdwnLink(title.url, text) : plainMrkdwn(text)}*`;
  const line = [bold && marked(mark, bold), ...pinged.map(toPing)].filter(Boolean).join('  ');
  const section = [line, plainMrkdwn(context)].filter(Boolean).join(' · ');
  if (section.length <= SECTION_LENGTH) {
    const accessory = menu ? { accessory: menu } : {};
    return { blocks: [{ type: 'section', text: mrkdwnObject(section), ...accessory }], cut: text !== whole };
  }
  // Only a very long address gets here, which rich text does not count.
  const elements = [
    ...textElement(marked(mark, '')),
    ...(title?.url ? linkElement(title.url, text, { bold: true }) : textElement(text, { bold: true })),
    ...pinged.flatMap(toPingElements),
  ];
  const rich: SlackBlock = { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] };
  return { blocks: [rich, ...menuAlone(menu)], cut: text !== whole };
}

function toPing(mention: CleanMention): string {
  const found = slackMention(mention);
  if (found?.type === 'user') return `<@${found.user_id}>`;
  return found ? `<!subteam^${found.usergroup_id}>` : plainMrkdwn(cutText(mentionText(mention), NAME_LENGTH));
}

function toPingElements(mention: CleanMention): readonly RichTextElement[] {
  const found = slackMention(mention);
  return [...textElement('  '), ...(found ? [found] : textElement(cutText(mentionText(mention), NAME_LENGTH)))];
}

function menuAlone(menu: OverflowMenu | undefined): readonly SlackBlock[] {
  return menu ? [{ type: 'actions', elements: [menu] }] : [];
}
