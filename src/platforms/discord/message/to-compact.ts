import { markColors, markGlyphs } from '../../../core/message/mark.ts';
import type { Message } from '../../../core/message/message.ts';
import { escapeDiscord } from './escape-discord.ts';
import type { DiscordMessage } from './payload.ts';
import { toFrame, toPlain } from './to-frame.ts';
import { toPayload } from './to-payload.ts';
import { writeLink } from './write-inline.ts';

const TITLE_LENGTH = 256;
const CONTEXT_LENGTH = 200;

/** A message on one line: the linked title, and where it came from. */
export function toCompact(message: Message): DiscordMessage {
  const { title, mark, footer } = message;
  const { content } = toFrame(message);
  const text = toPlain(title?.text, TITLE_LENGTH);
  const link = title?.url && writeLink(title.url, content ? 'Open' : text);
  const head = content ? link : [markGlyphs[mark], `**${link ?? escapeDiscord(text)}**`].filter(Boolean).join(' ');
  const description = [head, footer && escapeDiscord(toPlain(footer, CONTEXT_LENGTH))].filter(Boolean).join(' · ');
  return toPayload(message, {
    content,
    embeds: description ? [{ color: markColors[mark], description }] : [],
    rows: [],
  });
}
