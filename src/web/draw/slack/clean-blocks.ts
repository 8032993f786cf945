import { safeImage, safeUrl } from '../../kit/safe-url.ts';
import { type Loose, listOf, objectOf, textOf } from '../read.ts';
import { toRichText } from './section-text.ts';

export interface SlackButton {
  readonly label: string;
  readonly url: string | undefined;
  readonly style: 'primary' | 'danger' | undefined;
  /** What Slack would send back on a click. */
  readonly token: string;
  /** Shown in a menu behind the buttons. */
  readonly tucked: boolean;
}

export type SlackPart =
  | { readonly kind: 'blocks'; readonly blocks: readonly Loose[] }
  /** A block, and what stands at its right. */
  | { readonly kind: 'beside'; readonly blocks: readonly Loose[]; readonly buttons: readonly SlackButton[] }
  | { readonly kind: 'buttons'; readonly buttons: readonly SlackButton[] };

/** A message's own blocks, or those of one attachment with its bar. */
export interface SlackSegment {
  readonly color: string | undefined;
  readonly parts: readonly SlackPart[];
}

const DRAWN = new Set(['section', 'rich_text', 'context', 'image', 'header', 'divider', 'table', 'markdown']);
/**
 * Ids become ids of the page's elements, confirmations would be asked twice, and the library takes `verbatim` for plain
 * text where Slack still reads its marks.
 */
const DROPPED = new Set(['action_id', 'block_id', 'confirm', 'slack_file', 'verbatim']);
const LINKS = new Set(['url', 'title_url', 'author_link', 'title_link']);
const IMAGES = new Set(['image_url', 'thumb_url']);

/** A `chat.postMessage` payload as parts that are safe to draw, in order. */
export function toSegments(payload: unknown): readonly SlackSegment[] {
  const { text, blocks, attachments } = objectOf(payload);
  const segments = [
    { color: undefined, parts: toParts(blocks) },
    ...listOf(attachments).map((attachment) => ({
      color: toColor(attachment.color),
      parts: toParts(attachment.blocks ?? plain(textOf(attachment.text) || textOf(attachment.fallback))),
    })),
  ].filter(({ parts }) => parts.length > 0);
  return segments.length > 0
    ? segments
    : [{ color: undefined, parts: toParts(plain(textOf(text) || 'Nothing to show.')) }];
}

function toParts(blocks: unknown): readonly SlackPart[] {
  const parts: SlackPart[] = [];
  for (const block of listOf(blocks)) {
    const buttons = listOf(block.type === 'actions' ? block.elements : [block.accessory]).flatMap(toButtons);
    if (block.type !== 'actions' && buttons.length > 0)
      parts.push({ kind: 'beside', blocks: [toDrawn(block)], buttons });
    else if (block.type !== 'actions') add(toDrawn(block));
    else if (buttons.length > 0) parts.push({ kind: 'buttons', buttons });
  }
  return parts;

  function add(block: Loose): void {
    const last = parts.at(-1);
    if (last?.kind === 'blocks') parts[parts.length - 1] = { kind: 'blocks', blocks: [...last.blocks, block] };
    else parts.push({ kind: 'blocks', blocks: [block] });
  }
}

function toDrawn(block: Loose): Loose {
  if (!DRAWN.has(textOf(block.type))) return said(`(A block of type ${textOf(block.type) || 'unknown'}.)`);
  const image = block.type === 'image' && !safeImage(block.image_url);
  if (image) return said(textOf(block.alt_text) || '(A picture.)');
  const text = objectOf(block.text);
  if (block.type === 'section' && text.type === 'mrkdwn' && !block.fields) return toRichText(textOf(text.text));
  const { accessory, ...rest } = block;
  const kept = objectOf(accessory).type === 'image' && safeImage(objectOf(accessory).image_url) ? { accessory } : {};
  return objectOf(clean({ ...rest, ...kept }));
}

function clean(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(clean);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => {
      if (DROPPED.has(key)) return [];
      if (LINKS.has(key)) return [[key, safeUrl(inner) ?? '']];
      if (IMAGES.has(key)) return [[key, safeImage(inner) ?? '']];
      return [[key, clean(inner)]];
    }),
  );
}

function toButtons(element: Loose): readonly SlackButton[] {
  if (element.type === 'overflow') return listOf(element.options).map((option) => toButton(option, true));
  return element.type === 'button' ? [toButton(element, false)] : [];
}

function toButton({ text, url, style, value }: Loose, tucked: boolean): SlackButton {
  return {
    label: textOf(objectOf(text).text) || 'Button',
    url: safeUrl(url),
    token: textOf(value),
    style: style === 'primary' || style === 'danger' ? style : undefined,
    tucked,
  };
}

function toColor(color: unknown): string {
  const named: Readonly<Record<string, string>> = { good: '#2eb67d', warning: '#ecb22e', danger: '#e01e5a' };
  const text = textOf(color);
  return named[text] ?? (/^#?[0-9a-f]{6}$/i.test(text) ? `#${text.replace('#', '')}` : '#dddddd');
}

function plain(text: string): readonly Loose[] {
  return text ? [{ type: 'section', text: { type: 'mrkdwn', text } }] : [];
}

function said(text: string): Loose {
  return { type: 'context', elements: [{ type: 'plain_text', text }] };
}
