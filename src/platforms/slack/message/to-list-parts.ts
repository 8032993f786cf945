import type { Mention } from '../../../core/message/message.ts';
import type { Block, ListItem } from '../../../core/message/tree.ts';
import type { RichTextElement, RichTextPart, RichTextSection } from './payload.ts';
import { toLines } from './to-lines.ts';

type List = Extract<Block, { readonly type: 'list' }>;

// Slack draws no deeper.
const DEEPEST = 5;

/** A list as flat parts: Slack nests by indentation, so an inner list stands between two halves of the outer one. */
export function toListParts(list: List, mentions: readonly Mention[], indent = 0): readonly RichTextPart[] {
  const parts: RichTextPart[] = [];
  let run: RichTextSection[] = [];
  let first = 0;
  const end = (next: number) => {
    if (run.length > 0) parts.push(toPart(list, run, indent, first));
    run = [];
    first = next;
  };

  for (const [index, item] of list.items.entries()) {
    const inner = item.children.filter((block) => block.type === 'list');
    run.push({ type: 'rich_text_section', elements: toItem(item, mentions) });
    if (inner.length === 0) continue;
    end(index + 1);
    for (const block of inner) parts.push(...toListParts(block, mentions, indent + 1));
  }
  end(0);
  return parts;
}

function toPart(
  { ordered, start }: List,
  elements: readonly RichTextSection[],
  indent: number,
  first: number,
): RichTextPart {
  const offset = Math.min(9999, Math.max(0, start - 1 + first));
  return {
    type: 'rich_text_list',
    style: ordered ? 'ordered' : 'bullet',
    indent: Math.min(indent, DEEPEST),
    ...(ordered && offset > 0 && { offset }),
    elements,
  };
}

function toItem({ checked, children }: ListItem, mentions: readonly Mention[]): readonly RichTextElement[] {
  const own = toLines(
    children.filter((block) => block.type !== 'list'),
    mentions,
  );
  const box: readonly RichTextElement[] = checked === undefined ? [] : [{ type: 'text', text: checked ? '☑ ' : '☐ ' }];
  const elements = [...box, ...own];
  return elements.length > 0 ? elements : [{ type: 'text', text: ' ' }];
}
