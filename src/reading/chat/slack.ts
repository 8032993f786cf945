import type { Flavour } from '../markup/markup.ts';
import { isObject } from '../payload/scalar.ts';
import { type ChatMessage, firstUrl, objectsOf, type ReadChat, type Said, said, textOf } from './chat-message.ts';
import { severityOfColour } from './colour.ts';

type Json = Readonly<Record<string, unknown>>;

const BLOCKS = /^(?:section|header|context|divider|actions|image|rich_text|markdown|input|video|file|table)$/;
const OF_ATTACHMENTS = [
  'fallback',
  'pretext',
  'title',
  'image_url',
  'title_link',
  'mrkdwn_in',
  'color',
  'footer_icon',
  'author_name',
];
/** What may stand beside a text that is all a message says. */
const BESIDE =
  /^(?:text|username|channel|icon_\w+|mrkdwn|link_names|unfurl_\w+|thread_ts|parse|as_user|response_type|attachments|blocks|metadata|props|priority|alias|avatar|emoji|roomId)$/;

/** What a message in Slack's format says, and in those of Mattermost and Rocket.Chat, which took it over. */
export const readSlack: ReadChat = (payload) => {
  const blocks = objectsOf(payload.blocks).filter(({ type }) => typeof type === 'string' && BLOCKS.test(type));
  const attachments = objectsOf(payload.attachments).filter(isAttachment);
  const alone =
    typeof payload.text === 'string' &&
    Object.keys(payload).length > 1 &&
    Object.keys(payload).every((key) => BESIDE.test(key));
  if (blocks.length === 0 && attachments.length === 0 && !alone) return undefined;
  const parts = [ofBlocks(blocks), ...attachments.map(ofAttachment)];
  const texts = parts.flatMap((part) => part.texts);
  const text = said(payload.text, flavourIn(payload.text));
  return {
    texts: [...text, ...texts],
    facts: parts.flatMap((part) => part.facts),
    url: parts.find(({ url }) => url)?.url,
    severity: parts.find(({ severity }) => severity)?.severity,
    sender: textOf(payload.username ?? payload.alias) || undefined,
    occurredAt: attachments.find(({ ts }) => ts !== undefined)?.ts,
  };
};

function isAttachment(attachment: Json): boolean {
  if (['filename', 'content_type', 'contentType', 'size', 'mime_type'].some((key) => Object.hasOwn(attachment, key)))
    return false;
  return (
    OF_ATTACHMENTS.some((key) => Object.hasOwn(attachment, key)) ||
    (Array.isArray(attachment.blocks) && attachment.contentType === undefined) ||
    (typeof attachment.text === 'string' && Array.isArray(attachment.fields))
  );
}

function ofAttachment(attachment: Json): ChatMessage {
  const { pretext, title, title_link, text, fallback, color, fields, author_link, from_url, actions } = attachment;
  const inner = ofBlocks(objectsOf(attachment.blocks));
  const texts = [...[title, pretext, text].flatMap((part) => said(part, flavourIn(part))), ...inner.texts];
  return {
    texts: texts.length > 0 ? texts : said(fallback),
    facts: [
      ...objectsOf(fields).flatMap((field) => {
        const [value] = said(field.value);
        return value && textOf(field.title) ? [{ name: textOf(field.title), value }] : [];
      }),
      ...inner.facts,
    ],
    url: firstUrl(title_link, inner.url, from_url, ...objectsOf(actions).map(({ url }) => url), author_link),
    severity: severityOfColour(color),
  };
}

function ofBlocks(blocks: readonly Json[]): ChatMessage {
  const texts: Said[] = [];
  const facts: ChatMessage['facts'][number][] = [];
  const urls: unknown[] = [];
  for (const block of blocks) {
    const elements = objectsOf(block.elements);
    if (block.type === 'header' || block.type === 'section' || block.type === 'markdown') {
      texts.push(
        ...said(
          isObject(block.text) ? block.text.text : block.text,
          block.type === 'markdown' ? 'markdown' : flavourIn(isObject(block.text) ? block.text.text : block.text),
        ),
      );
      facts.push(...ofFields(objectsOf(block.fields).map((field) => textOf(field.text))));
    }
    if (block.type === 'context') texts.push(...elements.flatMap((element) => said(element.text, 'mrkdwn')));
    if (block.type === 'rich_text') texts.push(...said(richText(elements)));
    const accessory = isObject(block.accessory) ? [block.accessory] : [];
    urls.push(...[...elements, ...accessory].map(({ url }) => url));
  }
  return { texts, facts, url: firstUrl(...urls) };
}

/** Tools that speak to Mattermost in Slack's format write Markdown. */
function flavourIn(text: unknown): Flavour | undefined {
  return typeof text === 'string' && /\]\(https?:|\*\*\S|^#{1,6} /m.test(text) ? undefined : 'mrkdwn';
}

/** `*Source:*\nPostgres` in one field, or the name in one and the value in the next. */
function ofFields(fields: readonly string[]): ChatMessage['facts'] {
  const facts: ChatMessage['facts'][number][] = [];
  for (let index = 0; index < fields.length; index++) {
    const field = (fields[index] ?? '').trim();
    const [alone, name] = /^\*([^*\n]{1,60}?):?\*:?$/.exec(field) ?? [];
    const [, own, value] =
      (alone === undefined &&
        /^\*([^*\n]{1,60}?):?\*:?\s*(\S[\s\S]*)$/.exec(field.replace(/^([^*\n]{1,60}):\s/, '*$1:* '))) ||
      [];
    if (alone !== undefined && name && fields[index + 1])
      facts.push({ name: name.trim(), value: { text: (fields[++index] ?? '').trim(), flavour: 'mrkdwn' } });
    else if (own && value) facts.push({ name: own.trim(), value: { text: value.trim(), flavour: 'mrkdwn' } });
  }
  return facts;
}

function richText(elements: readonly Json[], depth = 0): string {
  return elements
    .map((element) => {
      if (typeof element.text === 'string') return element.text;
      if (typeof element.url === 'string') return element.url;
      return depth < 6 ? `${richText(objectsOf(element.elements), depth + 1)}${depth === 0 ? '\n' : ''}` : '';
    })
    .join('')
    .trim();
}
