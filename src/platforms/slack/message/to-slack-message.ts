import { fitTree, treeSize } from '../../../core/message/cut-tree.ts';
import { markColors } from '../../../core/message/mark.ts';
import type { Message } from '../../../core/message/message.ts';
import { shownBody, shownFields } from '../../../core/message/shown.ts';
import { toSummaryLine } from '../../../core/message/summary-line.ts';
import type { Block, ParseMarkdown } from '../../../core/message/tree.ts';
import { cutText } from '../../../core/text/cut-text.ts';
import { escapeMrkdwn } from './mrkdwn.ts';
import { plainTextObject, type SlackBlock, type SlackMessage } from './payload.ts';
import { fitsSlack, SLACK_BLOCK_LIMIT, SLACK_COUNT_LIMIT, slackCount } from './slack-count.ts';
import { toActionBlocks } from './to-action-blocks.ts';
import { toBodyBlocks } from './to-body-blocks.ts';
import { textElement } from './to-elements.ts';
import { toFieldBlocks } from './to-field-blocks.ts';
import { toFootBlocks } from './to-foot-blocks.ts';
import { toHead } from './to-head.ts';

export interface SlackParts {
  readonly parseMarkdown: ParseMarkdown;
}

/** `chat.update` refuses a longer text, counted in bytes. */
const TEXT_BYTES = 3800;
const MARKER_COST = 200;
const BODY_SHARE = 0.6;

/**
 * A message as Slack takes it, within every limit. The title stands above the colour bar, because Slack folds what is
 * behind one, shows `text` only as the notification when there are blocks above, and pings only from there.
 */
export function toSlackMessage(message: Message, parts: SlackParts): SlackMessage {
  const { parseMarkdown } = parts;
  const { mentions, more, menu } = message;
  const tree = shownBody(message, parseMarkdown);
  const beside = message.title !== undefined || mentions.length > 0;
  const actions = toActionBlocks(message.actions, { beside, menu });
  const head = toHead(message, actions.menu);
  const foot = toFootBlocks(message);
  const long = treeSize(tree) > SLACK_COUNT_LIMIT;
  const body = long ? [] : toBodyBlocks(tree, mentions);
  const shown = shownFields(message, parseMarkdown);
  const fields = toFieldBlocks(shown, message, parseMarkdown);

  const whole = [...head.blocks, ...body, ...fields.blocks, ...foot, ...actions.blocks];
  const cut = long || head.cut || fields.cut || actions.left > 0 || !fitsSlack(whole);
  const blocks = cut ? shortened() : whole;
  const text = toNotification(message, tree, parseMarkdown);
  return toPayload(message, { text, blocks, above: Math.max(1, head.blocks.length) });

  function shortened(): readonly SlackBlock[] {
    const buttons = more ? toActionBlocks([more, ...message.actions], { beside, menu }) : actions;
    const fixed = [...head.blocks, ...foot, ...buttons.blocks];
    const room = SLACK_COUNT_LIMIT - slackCount(fixed) - MARKER_COST;
    const places = SLACK_BLOCK_LIMIT - fixed.length - 1;
    const bodyRoom = Math.max(room - slackCount(fields.blocks), Math.floor(room * BODY_SHARE));

    const kept = fitTree(tree, bodyRoom, (some) => slackCount(toBodyBlocks(some, mentions)));
    const keptBody = toBodyBlocks(kept.blocks, mentions);
    const fieldBlocks = (count: number) => toFieldBlocks(shown.slice(0, count), message, parseMarkdown).blocks;
    const fieldRoom = room - slackCount(keptBody);
    const count = mostThatFit(shown.length, (some) => {
      const blocks = fieldBlocks(some);
      return slackCount(blocks) <= fieldRoom && blocks.length <= places - keptBody.length;
    });
    const marker = toMarker({ characters: kept.left, fields: shown.length - count, buttons: buttons.left });
    return [...head.blocks, ...keptBody, ...fieldBlocks(count), marker, ...foot, ...buttons.blocks];
  }
}

/** The greatest count up to `most` that fits, where a smaller count fits whenever a greater does. */
function mostThatFit(most: number, fit: (count: number) => boolean): number {
  let [low, high] = [0, most];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fit(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

function toMarker(left: Readonly<Record<'characters' | 'fields' | 'buttons', number>>): SlackBlock {
  const parts = Object.entries(left).flatMap(([what, count]) =>
    count > 0 ? [`${count.toLocaleString('en')} more ${count === 1 ? what.slice(0, -1) : what}`] : [],
  );
  return { type: 'context', elements: [plainTextObject(`… ${parts.join(', ') || 'shortened'}`)] };
}

interface Layout {
  /** The notification. */
  readonly text: string;
  readonly blocks: readonly SlackBlock[];
  /** How many blocks stand above the bar. */
  readonly above: number;
}

function toPayload(message: Message, { text, blocks, above }: Layout): SlackMessage {
  const plain = !message.title && message.mark === 'info';
  const top = plain ? blocks : blocks.slice(0, above);
  const behind = plain ? [] : blocks.slice(above);
  const color = `#${markColors[message.mark].toString(16).padStart(6, '0')}`;
  return {
    text,
    blocks:
      top.length > 0
        ? top
        : [{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements: textElement('No text') }] }],
    attachments: behind.length > 0 ? [{ color, fallback: text, blocks: behind }] : [],
    unfurl_links: false,
    unfurl_media: false,
  };
}

/** Slack reads the notification as mrkdwn, which turns names between colons into emoji. */
function toNotification(message: Message, tree: readonly Block[], parseMarkdown: ParseMarkdown): string {
  const written = (line: string) => escapeMrkdwn(line).replace(/:(?=[\w+'-]+:)/g, ':\u200B');
  const line = toSummaryLine(message, tree, parseMarkdown);
  return written(cutText(line, TEXT_BYTES, (some) => Buffer.byteLength(written(some))));
}
