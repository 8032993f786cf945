import { cutLines } from './cut-lines.ts';
import { cutTree, treeSize } from './cut-tree.ts';
import { toInline } from './markdown/inline-markdown.ts';
import type { CleanField, Field, Message } from './message.ts';
import type { Block, Inline, ParseMarkdown } from './tree.ts';
import { inlineText } from './tree-text.ts';

/** A second line, and an excerpt of five. */
const BODY_LINES = 6;
const VALUE_LENGTH = 160;
/** A name and its value as long as this stand on one line of a phone. */
const LINE_LENGTH = 60;

/** The body as far as the message's density shows it, ending with the one field that needs no table of its own. */
export function shownBody(message: Message, parseMarkdown: ParseMarkdown): readonly Block[] {
  const tree = parseMarkdown(message.body);
  const lone = loneField(message, parseMarkdown);
  const shown = message.density === 'normal' ? cutLines(tree, BODY_LINES).blocks : tree;
  const last = shown.at(-1);
  if (!lone) return shown;
  // A paragraph of its own would stand an empty line away.
  return last?.type === 'paragraph'
    ? shown.with(-1, { ...last, children: [...last.children, { type: 'break' }, ...lone] })
    : [...shown, { type: 'paragraph', children: lone }];
}

/** The fields that the body does not show. */
export function shownFields(message: Message, parseMarkdown: ParseMarkdown): readonly CleanField[] {
  return loneField(message, parseMarkdown) ? [] : message.fields;
}

/** The only field on one line, where it is short. */
function loneField(message: Message, parseMarkdown: ParseMarkdown): readonly Inline[] | undefined {
  const [field, ...others] = message.fields;
  if (!field?.name || others.length > 0 || field.name.length + field.value.length > 3 * LINE_LENGTH) return undefined;
  const value = shownValue(field, message, parseMarkdown);
  const children: readonly Inline[] = [
    { type: 'strong', children: [{ type: 'text', text: field.name }] },
    { type: 'text', text: ' ' },
    ...value,
  ];
  const text = inlineText(children, message.mentions);
  const short = value.length > 0 && text.length <= LINE_LENGTH && !text.includes('\n');
  return short ? children : undefined;
}

/** A field's value as far as the message's density shows it. */
export function shownValue(
  { value }: Field,
  { density, mentions }: Pick<Message, 'density' | 'mentions'>,
  parseMarkdown: ParseMarkdown,
): readonly Inline[] {
  const inline = toInline(value, parseMarkdown, mentions);
  if (density !== 'normal' || treeSize(inline) <= VALUE_LENGTH) return inline;
  const [cut] = cutTree([{ type: 'paragraph', children: inline }], VALUE_LENGTH).blocks;
  return cut?.type === 'paragraph' ? cut.children : [];
}

/** Whether the density leaves something out. */
export function isShortened(message: Pick<Message, 'body' | 'density'>, parseMarkdown: ParseMarkdown): boolean {
  return message.density === 'normal' && cutLines(parseMarkdown(message.body), BODY_LINES).left > 0;
}
