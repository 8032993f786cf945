import type { Flavour } from '../markup/markup.ts';
import { isObject } from '../payload/scalar.ts';
import {
  authorOf,
  type ChatMessage,
  firstUrl,
  imageOf,
  linksOf,
  objectsOf,
  type ReadChat,
  type Said,
  said,
  textOf,
} from './chat-message.ts';
import { severityOfColour } from './colour.ts';
import { richText } from './rich-text.ts';

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
  return blocks.length === 0 && attachments.length === 0 && !alone ? undefined : slackMessage(payload);
};

/** What a payload says that is known to be in Slack's format. */
export function slackMessage(payload: Json): ChatMessage {
  const blocks = objectsOf(payload.blocks);
  const parts = [ofBlocks(blocks), ...objectsOf(payload.attachments).map(ofAttachment)];
  const texts = parts.flatMap((part) => part.texts);
  // Beside blocks the text is only what a phone shows, and a header says it better.
  const isSaid = texts.length > 0 && blocks.some(({ type }) => type === 'header');
  const first = <Part extends keyof ChatMessage>(name: Part) => parts.find((part) => part[name])?.[name];
  return {
    texts: [...(isSaid ? [] : said(payload.text, flavourIn(payload.text))), ...texts],
    facts: parts.flatMap((part) => part.facts),
    url: first('url'),
    severity: first('severity'),
    sender: textOf(payload.username ?? payload.alias) || undefined,
    occurredAt: first('occurredAt'),
    links: parts.flatMap((part) => part.links ?? []),
    image: first('image'),
    author: first('author'),
    footer: first('footer'),
  };
}

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
  const buttons = objectsOf(actions).map(({ text, url }) => ({ label: text, url }));
  return {
    texts: texts.length > 0 ? texts : said(fallback),
    facts: [
      ...objectsOf(fields).flatMap((field) => {
        const [value] = said(field.value, flavourIn(field.value));
        return value && textOf(field.title) ? [{ name: textOf(field.title), value }] : [];
      }),
      ...inner.facts,
    ],
    url: firstUrl(title_link, inner.url, from_url, ...buttons.map(({ url }) => url), author_link),
    severity: severityOfColour(color),
    occurredAt: attachment.ts ?? undefined,
    links: [...linksOf(buttons), ...(inner.links ?? [])],
    image: imageOf({ url: attachment.image_url, alt: title }, { url: attachment.thumb_url, alt: title }) ?? inner.image,
    author: authorOf(attachment.author_name, author_link),
    footer: textOf(attachment.footer) || undefined,
  };
}

function ofBlocks(blocks: readonly Json[]): ChatMessage {
  const texts: Said[] = [];
  const facts: ChatMessage['facts'][number][] = [];
  const buttons: { readonly label: unknown; readonly url: unknown }[] = [];
  const pictures: { readonly url: unknown; readonly alt?: unknown }[] = [];
  for (const block of blocks) {
    const elements = objectsOf(block.elements);
    if (block.type === 'header' || block.type === 'section' || block.type === 'markdown') {
      const text = isObject(block.text) ? block.text.text : block.text;
      texts.push(...said(text, block.type === 'markdown' ? 'markdown' : flavourIn(text)));
      facts.push(...ofFields(objectsOf(block.fields).map((field) => textOf(field.text))));
    }
    if (block.type === 'context') texts.push(...elements.flatMap((element) => said(element.text, 'mrkdwn')));
    if (block.type === 'rich_text') texts.push(...said(richText(elements), 'markdown'));
    if (block.type === 'table') texts.push(...said(tableOf(block.rows), 'markdown'));
    if (block.type === 'video') buttons.push({ label: labelOf(block.title), url: block.title_url });
    const accessory = isObject(block.accessory) ? [block.accessory] : [];
    buttons.push(...[...elements, ...accessory].map(({ text, url }) => ({ label: labelOf(text), url })));
    pictures.push(...[block, ...accessory].map(({ image_url, alt_text }) => ({ url: image_url, alt: alt_text })));
  }
  const links = linksOf(buttons);
  return { texts, facts, url: links[0]?.url, links, image: imageOf(...pictures) };
}

/** Tools that speak to Mattermost in Slack's format write Markdown. */
function flavourIn(text: unknown): Flavour | undefined {
  return typeof text === 'string' && /\]\(https?:|\*\*\S|^#{1,6} /m.test(text) ? undefined : 'mrkdwn';
}

function labelOf(text: unknown): string {
  return textOf(isObject(text) ? text.text : text);
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

/** A table's rows as Markdown has them; the first row is its head. */
function tableOf(rows: unknown): string {
  if (!Array.isArray(rows)) return '';
  const lines = rows.slice(0, 100).map((row) => {
    const cells = objectsOf(row).map((cell) => (cell.type === 'raw_text' ? textOf(cell.text) : richText([cell])));
    return `| ${cells.map((cell) => cell.replace(/\s*\n\s*/g, ' ').replaceAll('|', '\\|')).join(' | ')} |`;
  });
  const [head, ...rest] = lines;
  const columns = objectsOf(rows[0]).length;
  return head === undefined || columns === 0 ? '' : [head, `|${' --- |'.repeat(columns)}`, ...rest].join('\n');
}
