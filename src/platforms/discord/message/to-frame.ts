import type { Message } from '../../../core/message/message.ts';
import { oneLine } from '../../../core/text/clean-text.ts';
import { cutText } from '../../../core/text/cut-text.ts';
import { discordUrl } from './discord-url.ts';
import { escapeDiscord, plainDiscord } from './escape-discord.ts';
import type { DiscordEmbed } from './payload.ts';

/** Everything of a message's embeds but descriptions, fields and color. */
export interface Shell {
  /** What stands on the first embed. */
  readonly opening: Pick<DiscordEmbed, 'author' | 'title' | 'url'>;
  /** What stands on the last. */
  readonly closing: Pick<DiscordEmbed, 'image' | 'footer' | 'timestamp'>;
  /** Whether the title had to be cut. */
  readonly cut: boolean;
}

// https://discord.com/developers/docs/resources/message#embed-object-embed-limits
const TITLE_LENGTH = 256;
const AUTHOR_LENGTH = 256;
const FOOTER_LENGTH = 500;

export function toShell({ title, author, footer, image, occurredAt }: Message): Shell {
  const whole = oneLine(title?.text ?? '');
  const text = cutText(whole, TITLE_LENGTH, (some) => escapeDiscord(some).length);
  const name = toPlain(author?.name, AUTHOR_LENGTH);
  const foot = toPlain(footer, FOOTER_LENGTH);
  const [url, authorUrl, icon, picture] = [
    discordUrl(title?.url),
    discordUrl(author?.url),
    discordUrl(author?.icon),
    discordUrl(image?.url),
  ];
  const timestamp = toTimestamp(occurredAt);
  return {
    opening: {
      ...(name && { author: { name, ...(authorUrl && { url: authorUrl }), ...(icon && { icon_url: icon }) } }),
      ...(text && { title: escapeDiscord(text), ...(url && { url }) }),
    },
    closing: {
      ...(picture && { image: { url: picture } }),
      ...(foot && { footer: { text: foot } }),
      ...(timestamp && { timestamp }),
    },
    cut: text !== whole,
  };
}

/** How much of the sum of an embed's texts this takes. */
export function lengthOf({ title = '', author, footer }: Omit<DiscordEmbed, 'color'>): number {
  return title.length + (author?.name.length ?? 0) + (footer?.text.length ?? 0);
}

/** Text on one line for a place that knows no markup. */
export function toPlain(text: string | undefined, limit: number): string {
  return plainDiscord(cutText(oneLine(text ?? ''), limit, (some) => plainDiscord(some).length));
}

function toTimestamp(occurredAt: string | undefined): string | undefined {
  const milliseconds = Date.parse(occurredAt ?? '');
  return milliseconds > 0 && milliseconds < Date.UTC(10_000, 0) ? new Date(milliseconds).toISOString() : undefined;
}
