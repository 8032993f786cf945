import { toAlignedTable } from '../../../core/message/aligned-table.ts';
import type { Mention } from '../../../core/message/message.ts';
import type { Block, ListItem } from '../../../core/message/tree.ts';
import { inlineText } from '../../../core/message/tree-text.ts';
import { writeInline } from './write-inline.ts';

/** A tree as Discord's Markdown. */
export function writeMarkdown(tree: readonly Block[], mentions: readonly Mention[]): string {
  let written = '';
  for (const [index, block] of tree.entries()) {
    const part = writeBlock(block, mentions);
    if (part === '') continue;
    written += written === '' ? part : `${gapBetween(tree[index - 1], block)}${part}`;
  }
  return written;
}

/** Discord puts its own space around code, quotes and headings. */
function gapBetween(before: Block | undefined, block: Block): string {
  const airy = [before?.type, block.type].every((type) => type === 'paragraph' || type === 'list' || type === 'rule');
  return airy ? '\n\n' : '\n';
}

function writeBlock(block: Block, mentions: readonly Mention[]): string {
  switch (block.type) {
    case 'paragraph':
      return writeInline(block.children, mentions).trim();
    case 'heading': {
      const text = writeInline(block.children, mentions).replace(/\s+/g, ' ').trim();
      return text && (block.level <= 3 ? `### ${text}` : `**${text}**`);
    }
    case 'list':
      return block.items.map((item, index) => writeItem(item, markerOf(block, index), mentions)).join('\n');
    case 'code':
      return fence(block.text, block.language);
    case 'quote':
      return indent(writeMarkdown(block.children, mentions), '> ', '> ');
    case 'table':
      return fence(
        toAlignedTable(
          block.rows.map((row) => row.map((cell) => inlineText(cell, mentions))),
          block.columns,
          block.continued,
        ),
      );
    case 'rule':
      return '───────────';
  }
}

function markerOf({ ordered, start }: Extract<Block, { readonly type: 'list' }>, index: number): string {
  return ordered ? `${start + index}. ` : '- ';
}

function writeItem({ checked, children }: ListItem, marker: string, mentions: readonly Mention[]): string {
  const box = checked === undefined ? '' : checked ? '☑ ' : '☐ ';
  const lines = children.map((block) => writeBlock(block, mentions)).filter(Boolean);
  return indent(box + lines.join('\n'), marker, ' '.repeat(marker.length));
}

function indent(text: string, first: string, others: string): string {
  return text
    .split('\n')
    .map((line, index) => (index === 0 ? first : others) + line)
    .join('\n');
}

function fence(text: string, language = ''): string {
  // Three backticks in a row would end the block early.
  const code = text
    .replace(/\n+$/, '')
    .replace(/`(?=``)/g, '`\u200B')
    .replace(/`(?=`)/g, '`\u200B');
  if (code.trim() === '') return '';
  const name = /^[a-z0-9+#-]{1,20}$/i.test(language) ? language : '';
  return `\`\`\`${name}\n${code}\n\`\`\``;
}
