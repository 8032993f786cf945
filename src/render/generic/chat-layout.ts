import type { About } from '../../core/event/about.ts';
import { escapeMarkdown, type Field, type Markdown, type MessageParts } from '../../core/message/message.ts';
import { cutWords } from '../../core/text/cut-text.ts';
import { maskText } from '../../core/text/mask-secrets.ts';
import { isSecretName } from '../../core/text/secret-name.ts';
import type { ChatMessage } from '../../reading/chat/chat-message.ts';
import { type Flavour, toMarkup, toPlain } from '../../reading/markup/markup.ts';
import { tameMarkdown } from '../markdown/tame-markdown.ts';
import { toLine } from '../values/values.ts';
import type { AlreadySaid } from './already-said.ts';
import { excerptOf } from './excerpt.ts';

/** More than this no message shows, whatever its density. */
const MOST = { lines: 60, characters: 4_000, fields: 25, links: 10 } as const;
const FIELD_LENGTH = 200;

/** What a message says that was written for another chat, below its first line. */
export function chatLayout(
  chat: ChatMessage,
  about: Pick<About, 'title' | 'url'>,
  already: AlreadySaid,
): Partial<MessageParts> {
  const { facts, links = [], image, author, footer } = chat;
  const fields: Field[] = facts
    .filter(({ name }) => !isSecretName(name))
    .map(({ name, value: { text, flavour } }) => ({ name: maskText(toLine(name)), value: inline(text, flavour) }))
    .filter(({ name, value }) => name !== '' && value !== '');
  const buttons = links.filter(({ url }) => url !== about.url).slice(0, MOST.links);
  const foot = maskText(toLine(footer));
  return {
    body: bodyOf(chat, about, already),
    fields: fields.slice(0, MOST.fields),
    actions: buttons.map(({ label, url }) => ({ label: maskText(toLine(label)), url })),
    ...(image && { image: { url: image.url, alt: maskText(toLine(image.alt)) } }),
    ...(author && { author: { ...author, name: maskText(toLine(author.name)) } }),
    ...(foot && !already.has(foot) && { footer: foot }),
  };
}

function bodyOf({ texts }: ChatMessage, about: Pick<About, 'title' | 'url'>, already: AlreadySaid): Markdown {
  const body: Markdown[] = [];
  let [lines, length] = [0, 0];
  for (const { text, flavour } of texts) {
    if (lines >= MOST.lines || length >= MOST.characters) break;
    const limits = { lines: MOST.lines - lines, length: MOST.characters - length };
    const part = excerptOf(text, about, { flavour, ...limits });
    const plain = toPlain(part, 'markdown');
    if (part === '' || already.has(plain)) continue;
    already.add(plain);
    lines += part.split('\n').filter(Boolean).length;
    length += part.length;
    body.push(part);
  }
  return body.join('\n\n');
}

/** A field's value on one line; without its marks where it has to be cut. */
function inline(text: string, flavour?: Flavour): Markdown {
  const said = maskText(text.slice(0, 4_000))
    .replace(/\s*\n\s*/g, ' ')
    .trim();
  const markdown = tameMarkdown(toMarkup(said, flavour)).trim();
  return markdown.length <= FIELD_LENGTH && !markdown.includes('\n')
    ? markdown
    : escapeMarkdown(cutWords(toLine(toPlain(said, flavour)), FIELD_LENGTH));
}
