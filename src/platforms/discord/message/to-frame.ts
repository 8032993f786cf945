import { marked } from '../../../core/message/mark.ts';
import type { Message } from '../../../core/message/message.ts';
import { notifies } from '../../../core/message/summary-line.ts';
import { cutText } from '../../../core/text/cut-text.ts';
import { discordUrl } from './discord-url.ts';
import { escapeDiscord, lookAlike, plainDiscord } from './escape-discord.ts';
import type { DiscordEmbed } from './payload.ts';

/** Everything of a message but descriptions, fields, buttons and color. */
export interface Frame {
  /** The first line where a phone must show it, for the message's content: phones show nothing of an embed. */
  readonly content: string;
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

/** The first line is the content or the embed's title, and never both. */
export function toFrame(message: Message): Frame {
  const { title, author, footer, image, occurredAt } = message;
  const loud = notifies(message);
  const line = toLine(message, loud ? lookAlike : escapeDiscord);
  const [name, foot] = [toPlain(author?.name, AUTHOR_LENGTH), toPlain(footer, FOOTER_LENGTH)];
  const [url, authorUrl, icon, picture] = [title?.url, author?.url, author?.icon, image?.url].map((address) =>
    discordUrl(address),
  );
  return {
    content: loud ? line.text : '',
    opening: {
      ...(name && {
        author: { name, ...(authorUrl && { url: authorUrl }), ...(icon && { icon_url: icon }) },
      }),
      ...(line.text && !loud && { title: line.text, ...(url && { url }) }),
    },
    closing: {
      ...(picture && { image: { url: picture } }),
      ...(foot && { footer: { text: foot } }),
      ...(occurredAt && { timestamp: occurredAt }),
    },
    cut: line.cut,
  };
}

/** The first line as its place shows it. */
function toLine(
  { title, mark }: Message,
  write: (text: string) => string,
): { readonly text: string; readonly cut: boolean } {
  if (!title) return { text: '', cut: false };
  const written = (text: string) => marked(mark, write(text));
  const text = cutText(title.text, TITLE_LENGTH, (some) => written(some).length);
  return { text: written(text), cut: text !== title.text };
}

/** How much of the sum of an embed's texts this takes. */
export function lengthOf({ title = '', author, footer }: Omit<DiscordEmbed, 'color'>): number {
  return title.length + (author?.name.length ?? 0) + (footer?.text.length ?? 0);
}

/** Text on one line for a place that knows no markup. */
export function toPlain(text: string | undefined, limit: number): string {
  return plainDiscord(cutText(text ?? '', limit, (some) => plainDiscord(some).length));
}
