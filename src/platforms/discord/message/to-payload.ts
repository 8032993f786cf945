import { markColors } from '../../../core/message/mark.ts';
import type { Message } from '../../../core/message/message.ts';
import { discordMention } from './discord-mention.ts';
import { escapeDiscord } from './escape-discord.ts';
import type { DiscordEmbed, DiscordMessage, DiscordRow, EmbedBody } from './payload.ts';
import { type Frame, toPlain } from './to-frame.ts';

const PINGS = 50;
const ALT_LENGTH = 200;

export interface PayloadParts {
  /** The first line, where a phone must show it. */
  readonly content: string;
  readonly embeds: readonly DiscordEmbed[];
  readonly rows: readonly DiscordRow[];
}

/** A message with its pings and buttons. */
export function toPayload({ mentions }: Message, { content, embeds, rows }: PayloadParts): DiscordMessage {
  const pings = mentions.slice(0, PINGS).flatMap((mention) => discordMention(mention) ?? []);
  const idsOf = (kind: 'users' | 'roles') => [
    ...new Set(pings.filter((ping) => ping.kind === kind).map(({ id }) => id)),
  ];
  const [users, roles] = [idsOf('users'), idsOf('roles')];
  return {
    content: [content, ...new Set(pings.map(({ written }) => written))].filter(Boolean).join(' '),
    embeds,
    components: rows,
    allowed_mentions: { parse: [], ...(users.length > 0 && { users }), ...(roles.length > 0 && { roles }) },
  };
}

/** A message that goes on with another, and pings nobody. */
export function toContinuation(embeds: readonly DiscordEmbed[]): DiscordMessage {
  return { content: '', embeds, components: [], allowed_mentions: { parse: [], replied_user: false } };
}

/** The same, hung on the message that it goes on with, for as long as that stands. */
export function toReply(continuation: DiscordMessage, id: string) {
  return { ...continuation, message_reference: { message_id: id, fail_if_not_exists: false } };
}

/** Embeds in their frame: the color on all, the opening on the first, the closing on the last. */
export function toEmbeds(
  { mark, image }: Message,
  { content, opening, closing }: Frame,
  bodies: readonly EmbedBody[],
): readonly DiscordEmbed[] {
  const [only, ...others] = bodies;
  const blank = others.length === 0 && !only?.description?.trim() && !only?.fields?.length;
  // The content says it all.
  if (blank && content && Object.keys({ ...opening, ...closing }).every((part) => part === 'timestamp')) return [];
  return bodies.map(({ description = '', fields = [] }, index) => {
    const first = index === 0;
    const empty = first && !content && !opening.title && !description.trim() && fields.length === 0;
    const text = empty ? escapeDiscord(toPlain(image?.alt, ALT_LENGTH) || 'No text') : description;
    return {
      color: markColors[mark],
      ...(first && opening),
      ...(index === bodies.length - 1 && closing),
      ...(text.trim() && { description: text }),
      ...(fields.length > 0 && { fields }),
    };
  });
}
