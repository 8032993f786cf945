import type { Message } from '../../../core/message/message.ts';
import { severityColors } from '../../../core/message/severity.ts';
import { discordMention } from './discord-mention.ts';
import { escapeDiscord } from './escape-discord.ts';
import type { DiscordEmbed, DiscordMessage, DiscordRow, EmbedBody } from './payload.ts';
import { type Shell, toPlain } from './to-frame.ts';

const PINGS = 50;
const ALT_LENGTH = 200;

/** A message with its pings and buttons. */
export function toPayload(
  { mentions }: Message,
  embeds: readonly DiscordEmbed[],
  components: readonly DiscordRow[],
): DiscordMessage {
  const pings = mentions.slice(0, PINGS).flatMap((mention) => discordMention(mention) ?? []);
  const idsOf = (kind: 'users' | 'roles') => [
    ...new Set(pings.filter((ping) => ping.kind === kind).map(({ id }) => id)),
  ];
  const [users, roles] = [idsOf('users'), idsOf('roles')];
  return {
    content: [...new Set(pings.map(({ written }) => written))].join(' '),
    embeds,
    components,
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
  { severity, image }: Message,
  { opening, closing }: Shell,
  bodies: readonly EmbedBody[],
): readonly DiscordEmbed[] {
  return bodies.map(({ description = '', fields = [] }, index) => {
    const first = index === 0;
    const empty = first && !opening.title && !description.trim() && fields.length === 0;
    const text = empty ? escapeDiscord(toPlain(image?.alt, ALT_LENGTH) || 'No text') : description;
    return {
      color: severityColors[severity],
      ...(first && opening),
      ...(index === bodies.length - 1 && closing),
      ...(text.trim() && { description: text }),
      ...(fields.length > 0 && { fields }),
    };
  });
}
