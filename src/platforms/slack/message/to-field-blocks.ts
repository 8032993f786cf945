import type { CleanField, Mention, Message } from '../../../core/message/message.ts';
import { shownValue } from '../../../core/message/shown.ts';
import type { Inline, ParseMarkdown } from '../../../core/message/tree.ts';
import { inlineText } from '../../../core/message/tree-text.ts';
import { cutText } from '../../../core/text/cut-text.ts';
import { escapeMrkdwn, isLiteralInMrkdwn, slackLength, toMrkdwn } from './mrkdwn.ts';
import { type MrkdwnText, mrkdwnObject, type RichTextElement, type SlackBlock } from './payload.ts';
import { textElement, toElements } from './to-elements.ts';

const NAME_LENGTH = 150;
/** Slack's limit is 2,000 for a field; a message full of such could not be sent. */
const VALUE_LENGTH = 1000;
const COLUMNS_LIMIT = 10;
const NARROW = 80;

export interface FieldBlocks {
  readonly blocks: readonly SlackBlock[];
  /** Whether some value was cut. */
  readonly cut: boolean;
}

/**
 * Fields two to a row. One that is wide, or holds text that mrkdwn cannot keep as it is, gets lines of its own in rich
 * text, where everything is literal.
 */
export function toFieldBlocks(
  fields: readonly CleanField[],
  message: Pick<Message, 'density' | 'mentions'>,
  parseMarkdown: ParseMarkdown,
): FieldBlocks {
  const { mentions } = message;
  const blocks: SlackBlock[] = [];
  let pairs: MrkdwnText[] = [];
  let lines: RichTextElement[] = [];
  let cut = false;
  const endPairs = () => {
    if (pairs.length > 0) blocks.push({ type: 'section', fields: pairs });
    pairs = [];
  };
  const endLines = () => {
    if (lines.length > 0)
      blocks.push({ type: 'rich_text', elements: [{ type: 'rich_text_section', elements: lines }] });
    lines = [];
  };

  for (const field of fields) {
    const name = cutText(field.name, NAME_LENGTH, slackLength);
    const whole = shownValue(field, message, parseMarkdown);
    const value = shortened(whole, mentions);
    cut ||= value !== whole;
    const pair = field.wide ? undefined : toPair(name, value, mentions);
    if (pair) {
      endLines();
      pairs.push(pair);
      if (pairs.length === COLUMNS_LIMIT) endPairs();
    } else {
      endPairs();
      lines.push(...toLine(name, value, { mentions, apart: lines.length > 0 }));
    }
  }
  endPairs();
  endLines();
  return { blocks, cut };
}

function shortened(value: readonly Inline[], mentions: readonly Mention[]): readonly Inline[] {
  const text = inlineText(value, mentions);
  if (slackLength(text) <= VALUE_LENGTH) return value;
  return [{ type: 'text', text: cutText(text, VALUE_LENGTH, slackLength) }];
}

function toPair(name: string, value: readonly Inline[], mentions: readonly Mention[]): MrkdwnText | undefined {
  if (!isLiteralInMrkdwn(name)) return undefined;
  const written = toMrkdwn(value, mentions);
  if (written === undefined || written.length > 2 * VALUE_LENGTH - 2 * NAME_LENGTH) return undefined;
  const text = [name && `*${escapeMrkdwn(name)}*`, written.trim() || '—'].filter(Boolean).join('\n');
  return mrkdwnObject(text);
}

function toLine(
  name: string,
  value: readonly Inline[],
  { mentions, apart }: { readonly mentions: readonly Mention[]; readonly apart: boolean },
): readonly RichTextElement[] {
  const text = inlineText(value, mentions);
  const inOneLine = text.length <= NARROW && !text.includes('\n');
  const elements = toElements(value, mentions);
  return [
    ...(apart ? textElement('\n') : []),
    ...textElement(name, { bold: true }),
    ...(name ? textElement(inOneLine ? '  ' : '\n') : []),
    ...(text.trim() ? elements : textElement('—')),
  ];
}
