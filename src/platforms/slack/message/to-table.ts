import type { Mention } from '../../../core/message/message.ts';
import type { Block } from '../../../core/message/tree.ts';
import type { RichTextBlock, RichTextElement, SlackBlock } from './payload.ts';
import { slackCount } from './slack-count.ts';
import { toElements } from './to-elements.ts';

// https://docs.slack.dev/reference/block-kit/blocks/table-block
const ROWS = 100;
const COLUMNS = 20;
const CHARACTERS = 10_000;

type Table = Extract<Block, { readonly type: 'table' }>;

/** A table as Slack's own, with a bold header; nothing when it is larger than Slack allows. */
export function toTable({ rows, columns }: Table, mentions: readonly Mention[]): SlackBlock | undefined {
  if (rows.length === 0 || rows.length > ROWS || columns.length === 0 || columns.length > COLUMNS) return undefined;
  const cells = rows.map((row, index) =>
    columns.map((_, column) => toCell(toElements(row[column] ?? [], mentions, index === 0 ? { bold: true } : {}))),
  );
  const table: SlackBlock = {
    type: 'table',
    rows: cells,
    column_settings: columns.map((align) => ({ align: align ?? 'left', is_wrapped: true })),
  };
  return slackCount([table]) <= CHARACTERS ? table : undefined;
}

/** Slack refuses a cell without text. */
function toCell(elements: readonly RichTextElement[]): RichTextBlock {
  return {
    type: 'rich_text',
    elements: [{ type: 'rich_text_section', elements: elements.length > 0 ? elements : [{ type: 'text', text: ' ' }] }],
  };
}
