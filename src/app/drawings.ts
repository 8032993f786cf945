import { type Message, toMessage } from '../core/message/message.ts';
import { toSummaryLine } from '../core/message/summary-line.ts';
import { plainText } from '../core/message/tree-text.ts';
import { toDiscordMessages } from '../platforms/discord/message/to-discord-messages.ts';
import { toSlackMessage } from '../platforms/slack/message/to-slack-message.ts';
import { parseMarkdown } from '../render/markdown/markdown.ts';

/** A message as each chat would be sent it. */
export interface Drawn {
  /** The notification line. */
  readonly text: string;
  readonly slack: unknown;
  readonly discord: unknown;
  /** What Discord is sent after that, where one message does not hold everything. */
  readonly discordContinued?: unknown[];
}

/** Draws a message for every chat, connected or not. */
export function draw(message: Message): Drawn {
  const [discord, ...discordContinued] = toDiscordMessages(message, { parseMarkdown });
  return {
    text: summarize(message),
    slack: toSlackMessage(message, { parseMarkdown }),
    discord,
    ...(discordContinued.length > 0 && { discordContinued }),
  };
}

/** The one line a phone shows. */
export function summarize(message: Message): string {
  return toSummaryLine(message, parseMarkdown(message.body), parseMarkdown);
}

/** Everything a message says, as plain text with a line for each part. */
export function toText(message: Message): string {
  const { title, body, fields, footer } = toMessage(message);
  const lines = parseMarkdown(body).map((block) =>
    block.type === 'list'
      ? block.items.map(({ children }) => `- ${plainText(children)}`).join('\n')
      : plainText([block]),
  );
  return [
    title?.text,
    ...lines,
    ...fields.map(({ name, value }) => `${name}: ${plainText(parseMarkdown(value))}`),
    footer,
  ]
    .filter(Boolean)
    .join('\n');
}
