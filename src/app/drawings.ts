import type { Drawing } from '../core/message/drawing.ts';
import { type Message, toMessage } from '../core/message/message.ts';
import { toSummaryLine } from '../core/message/summary-line.ts';
import { plainText } from '../core/message/tree-text.ts';
import { parseMarkdown } from '../render/markdown/markdown.ts';
import { type ChatDescriptor, drawFor } from './chats.ts';

/** Draws messages for chat services, connected or not. */
export function createDraw(descriptors: readonly ChatDescriptor[]): (message: Message) => Drawing {
  return (message) => ({ text: summarize(message), drawings: drawFor(message, descriptors) });
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
