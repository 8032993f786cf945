import type { Mention } from '../message.ts';
import type { Block, Inline, ParseMarkdown } from '../tree.ts';
import { blockText } from '../tree-text.ts';

// Words, spaces and escaped punctuation: CommonMark reads them as themselves, so nothing needs parsing.
const WORDS_ONLY = /^(?:[A-Za-z0-9%,;/](?: ?)|\\[!-/:-@[-`{-~](?: ?))*$/;

/** A piece of inline Markdown, such as a field's value, as inline nodes. What turns out to be a block becomes lines of text. */
export function toInline(
  markdown: string,
  parseMarkdown: ParseMarkdown,
  mentions: readonly Mention[],
): readonly Inline[] {
  if (markdown === '') return [];
  if (markdown.length < 500 && WORDS_ONLY.test(markdown)) {
    return [{ type: 'text', text: markdown.replace(/\\(.)/g, '$1').trimEnd() }];
  }
  return parseMarkdown(markdown).flatMap((block, index): readonly Inline[] => [
    ...(index > 0 ? [{ type: 'break' } as const] : []),
    ...inlineOf(block, mentions),
  ]);
}

function inlineOf(block: Block, mentions: readonly Mention[]): readonly Inline[] {
  switch (block.type) {
    case 'paragraph':
    case 'heading':
      return block.children;
    case 'code':
      return [{ type: 'code', text: block.text }];
    default:
      return [{ type: 'text', text: blockText([block], mentions) }];
  }
}
