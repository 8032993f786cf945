import { toAlignedTable } from '../../../core/message/aligned-table.ts';
import type { Mention } from '../../../core/message/message.ts';
import type { Block } from '../../../core/message/tree.ts';
import { inlineText } from '../../../core/message/tree-text.ts';
import type { RichTextElement } from './payload.ts';
import { textElement, toElements } from './to-elements.ts';

/** Blocks where Slack takes only a run of elements: a quote, a list's item. */
export function toLines(tree: readonly Block[], mentions: readonly Mention[]): readonly RichTextElement[] {
  const lines = tree.map((block) => lineOf(block, mentions)).filter(({ length }) => length > 0);
  return lines.flatMap((line, index) => (index > 0 ? [...textElement('\n'), ...line] : line));
}

/** A table as monospaced text. */
export function tableText(
  { rows, columns }: Extract<Block, { readonly type: 'table' }>,
  mentions: readonly Mention[],
): string {
  return toAlignedTable(
    rows.map((row) => row.map((cell) => inlineText(cell, mentions))),
    columns,
  );
}

function lineOf(block: Block, mentions: readonly Mention[]): readonly RichTextElement[] {
  switch (block.type) {
    case 'paragraph':
      return toElements(block.children, mentions);
    case 'heading':
      return toElements(block.children, mentions, { bold: true });
    case 'code':
      return textElement(block.text.replace(/\n+$/, ''), { code: true });
    case 'quote':
      return toLines(block.children, mentions);
    case 'list':
      return block.items.flatMap(({ checked, children }, index) => [
        ...textElement(`${index > 0 ? '\n' : ''}${markerOf(block, index, checked)} `),
        ...toLines(children, mentions),
      ]);
    case 'table':
      return textElement(tableText(block, mentions), { code: true });
    case 'rule':
      return textElement('———');
  }
}

function markerOf(
  list: { readonly ordered: boolean; readonly start: number },
  index: number,
  checked: boolean | undefined,
): string {
  if (checked !== undefined) return checked ? '☑' : '☐';
  return list.ordered ? `${list.start + index}.` : '•';
}
