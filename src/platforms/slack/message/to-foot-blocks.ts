import type { Message } from '../../../core/message/message.ts';
import { webUrl } from '../../../core/message/safe-link.ts';
import { oneLine } from '../../../core/text/clean-text.ts';
import { cutText } from '../../../core/text/cut-text.ts';
import { dateFormats, isMoment } from './date-format.ts';
import { slackLength } from './mrkdwn.ts';
import { type MrkdwnText, type PlainText, plainTextObject, type SlackBlock } from './payload.ts';

const FOOTER_LENGTH = 400;
const ALT_LENGTH = 200;

/** The image, then footer and moment in small. */
export function toFootBlocks({ image, footer, occurredAt }: Message): readonly SlackBlock[] {
  const address = webUrl(image?.url);
  const alt = cutText(oneLine(image?.alt ?? ''), ALT_LENGTH, slackLength) || 'Image';
  const text = cutText(oneLine(footer ?? ''), FOOTER_LENGTH, slackLength);
  const small: (PlainText | MrkdwnText)[] = [];
  if (text) small.push(plainTextObject(text));
  if (occurredAt) small.push(...toMoment(occurredAt));
  return [
    ...(address ? [{ type: 'image', image_url: address, alt_text: alt } as const] : []),
    ...(image && !address ? [{ type: 'context', elements: [plainTextObject(alt)] } as const] : []),
    ...(small.length > 0 ? [{ type: 'context', elements: small } as const] : []),
  ];
}

function toMoment(occurredAt: string): readonly MrkdwnText[] {
  const milliseconds = Date.parse(occurredAt);
  const unix = Math.floor(milliseconds / 1000);
  if (!isMoment(unix)) return [];
  const fallback = `${new Date(milliseconds).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return [{ type: 'mrkdwn', text: `<!date^${unix}^${dateFormats.datetime}|${fallback}>`, verbatim: true }];
}
