import type { Message } from '../../../core/message/message.ts';
import { cutText } from '../../../core/text/cut-text.ts';
import { dateFormats, isMoment } from './date-format.ts';
import { mrkdwnLink, plainMrkdwn, slackLength } from './mrkdwn.ts';
import { mrkdwnObject, type SlackBlock } from './payload.ts';

const FOOTER_LENGTH = 400;
const NAME_LENGTH = 200;
const ALT_LENGTH = 200;
/** A longer address would not leave room for the rest of the line. */
const LINK_LENGTH = 500;

/** The image, then one line in small: who did it, where it came from, when. A compact message has neither. */
export function toFootBlocks({ image, author, footer, occurredAt, density }: Message): readonly SlackBlock[] {
  if (density === 'compact') return [];
  const alt = (image && cutText(image.alt, ALT_LENGTH, slackLength)) || 'Image';
  const said = [
    author && toName(author),
    footer && plainMrkdwn(cutText(footer, FOOTER_LENGTH, slackLength)),
    occurredAt && toMoment(occurredAt),
  ].filter(Boolean);
  const icon = author?.icon && author.icon.length <= LINK_LENGTH ? author.icon : undefined;
  return [
    ...(image ? [{ type: 'image', image_url: image.url, alt_text: alt } as const] : []),
    ...(said.length > 0
      ? [
          {
            type: 'context',
            elements: [
              ...(icon && author ? [{ type: 'image', image_url: icon, alt_text: shortName(author) } as const] : []),
              mrkdwnObject(said.join(' · ')),
            ],
          } as const,
        ]
      : []),
  ];
}

function toName(author: NonNullable<Message['author']>): string {
  const { url } = author;
  return url && url.length <= LINK_LENGTH ? mrkdwnLink(url, shortName(author)) : plainMrkdwn(shortName(author));
}

function shortName({ name }: NonNullable<Message['author']>): string {
  return cutText(name, NAME_LENGTH, slackLength);
}

function toMoment(occurredAt: string): string {
  const unix = Math.floor(Date.parse(occurredAt) / 1000);
  const fallback = `${occurredAt.slice(0, 16).replace('T', ' ')} UTC`;
  return isMoment(unix) ? `<!date^${unix}^${dateFormats.datetime} (${dateFormats.relative})|${fallback}>` : '';
}
