import type { Mention } from '../../../core/message/message.ts';
import type { Block } from '../../../core/message/tree.ts';
import type { RichTextElement, RichTextPart, RichTextSection, SlackBlock } from './payload.ts';
import { textElement, toElements } from './to-elements.ts';
import { tableText, toLines } from './to-lines.ts';
import { toListParts } from './to-list-parts.ts';
import { toTable } from './to-table.ts';

// Each divider is a block of its own and splits its neighbours; a body made of rules must not use up the message.
const DIVIDERS = 5;

/** A tree as blocks: rich text for everything it can say, one table, and dividers. */
export function toBodyBlocks(tree: readonly Block[], mentions: readonly Mention[]): readonly SlackBlock[] {
  const blocks: SlackBlock[] = [];
  let parts: RichTextPart[] = [];
  let [tables, dividers] = [0, 0];
  const add = (block: SlackBlock) => {
    if (parts.length > 0) blocks.push({ type: 'rich_text', elements: parts });
    parts = [];
    blocks.push(block);
  };

  for (const [index, block] of tree.entries()) {
    const table = block.type === 'table' && tables === 0 ? toTable(block, mentions) : undefined;
    if (table) {
      tables++;
      add(table);
    } else if (block.type === 'rule' && dividers < DIVIDERS) {
      dividers++;
      add({ type: 'divider' });
    } else {
      append(parts, partsOf(block, mentions), tree[index - 1]?.type === 'heading');
    }
  }
  if (parts.length > 0) blocks.push({ type: 'rich_text', elements: parts });
  return blocks;
}

/** Neighbouring sections run together on Slack, so paragraphs become one section with an empty line between. */
function append(parts: RichTextPart[], added: readonly RichTextPart[], tight: boolean): void {
  for (const part of added) {
    const last = parts.at(-1);
    if (last?.type !== 'rich_text_section' || part.type !== 'rich_text_section') {
      parts.push(part);
      continue;
    }
    const gap: RichTextElement = { type: 'text', text: tight ? '\n' : '\n\n' };
    parts[parts.length - 1] = { type: 'rich_text_section', elements: [...last.elements, gap, ...part.elements] };
  }
}

function partsOf(block: Block, mentions: readonly Mention[]): readonly RichTextPart[] {
  switch (block.type) {
    case 'paragraph':
      return section(toElements(block.children, mentions));
    case 'heading':
      return section(toElements(block.children, mentions, { bold: true }));
    case 'list':
      return toListParts(block, mentions);
    case 'code':
      return preformatted(block.text);
    case 'quote': {
      const elements = toLines(block.children, mentions);
      return elements.length > 0 ? [{ type: 'rich_text_quote', elements }] : [];
    }
    case 'table':
      return preformatted(tableText(block, mentions));
    case 'rule':
      return section(textElement('———'));
  }
}

function section(elements: readonly RichTextElement[]): readonly RichTextSection[] {
  return elements.length > 0 ? [{ type: 'rich_text_section', elements }] : [];
}

function preformatted(text: string): readonly RichTextPart[] {
  const elements = textElement(text.replace(/\n+$/, ''));
  return elements.length > 0 ? [{ type: 'rich_text_preformatted', elements }] : [];
}
