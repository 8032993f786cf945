import { toAlignedTable } from './aligned-table.ts';
import { type Mark, marked } from './mark.ts';
import type { Mention, Message } from './message.ts';
import type { Block, Inline, ParseMarkdown } from './tree.ts';
import { inlineText, mentionText } from './tree-text.ts';

/** A piece of a line, and how it stands out where a terminal can show that. */
export interface Span {
  readonly text: string;
  readonly style?: 'bold' | 'italic' | 'dim' | 'code' | 'link' | Mark;
}

export type SpanLine = readonly Span[];

const NAME_WIDTH = 12;

/** A message as a terminal can show it: its first line, what it says, its fields, its links. */
export function toTerminalLines(message: Message, parseMarkdown: ParseMarkdown): readonly SpanLine[] {
  const { title, mark, author, body, fields, footer, actions, mentions } = message;
  const links = actions.flatMap((action) => ('url' in action ? [action] : []));
  const widest = Math.max(NAME_WIDTH, ...fields.map(({ name }) => Math.min(name.length + 2, 30)));
  return [
    ...(author ? [[{ text: author.name, style: 'dim' } as const]] : []),
    ...(title ? [[{ text: marked(mark, title.text), style: mark }, ...address(title.url)]] : []),
    ...blockLines(parseMarkdown(body), mentions),
    ...fields.flatMap(({ name, value }) =>
      blockLines(parseMarkdown(value), mentions).map((line, index) => [
        { text: (index === 0 ? `${name} ` : '').padEnd(widest), style: 'dim' as const },
        ...line,
      ]),
    ),
    ...links.map(({ label, url }) => [{ text: `[${label}]`, style: 'bold' as const }, ...address(url)]),
    ...(footer ? [[{ text: footer, style: 'dim' } as const]] : []),
  ];
}

/** Lines without their styles. */
export function plainLines(lines: readonly SpanLine[]): readonly string[] {
  return lines.map((line) =>
    line
      .map(({ text }) => text)
      .join('')
      .trimEnd(),
  );
}

function address(url: string | undefined): SpanLine {
  return url ? [{ text: ` ${url}`, style: 'dim' }] : [];
}

function blockLines(blocks: readonly Block[], mentions: readonly Mention[]): readonly SpanLine[] {
  return blocks.flatMap((block) => linesOf(block, mentions));
}

function linesOf(block: Block, mentions: readonly Mention[]): readonly SpanLine[] {
  switch (block.type) {
    case 'paragraph':
      return broken(spansOf(block.children, mentions));
    case 'heading':
      return broken(spansOf(block.children, mentions)).map((line) =>
        line.map(({ text }) => ({ text, style: 'bold' as const })),
      );
    case 'code':
      return block.text.split('\n').map((text) => [{ text: `  ${text}`, style: 'code' as const }]);
    case 'quote':
      return blockLines(block.children, mentions).map((line) => [{ text: '│ ', style: 'dim' as const }, ...line]);
    case 'list':
      return block.items.flatMap(({ children, checked }, index) => {
        const bullet = block.ordered ? `${block.start + index}. ` : '- ';
        const box = checked === undefined ? '' : checked ? '[x] ' : '[ ] ';
        return blockLines(children, mentions).map((line, row) => [
          { text: row === 0 ? `${bullet}${box}` : ' '.repeat(bullet.length) },
          ...line,
        ]);
      });
    case 'table':
      return toAlignedTable(
        block.rows.map((row) => row.map((cell) => inlineText(cell, mentions))),
        block.columns,
        block.continued,
      )
        .split('\n')
        .map((text) => [{ text, style: 'code' as const }]);
    case 'rule':
      return [[{ text: '───', style: 'dim' }]];
  }
}

function spansOf(nodes: readonly Inline[], mentions: readonly Mention[]): SpanLine {
  return nodes.flatMap((node): SpanLine => {
    switch (node.type) {
      case 'text':
        return [{ text: node.text }];
      case 'code':
        return [{ text: node.text, style: 'code' }];
      case 'break':
        return [{ text: '\n' }];
      case 'mention':
        return [{ text: mentionText(mentions[node.index]), style: 'bold' }];
      case 'time':
        return [{ text: node.fallback }];
      case 'strong':
        return [{ text: inlineText(node.children, mentions), style: 'bold' }];
      case 'emphasis':
        return [{ text: inlineText(node.children, mentions), style: 'italic' }];
      case 'link':
        return linked(inlineText(node.children, mentions), node.url);
      default:
        return spansOf(node.children, mentions);
    }
  });
}

function linked(text: string, url: string): SpanLine {
  return text === url
    ? [{ text, style: 'link' }]
    : [
        { text, style: 'link' },
        { text: ` <${url}>`, style: 'dim' },
      ];
}

/** A span that goes over several lines ends with each. */
function broken(spans: SpanLine): readonly SpanLine[] {
  const lines: Span[][] = [[]];
  for (const { text, style } of spans)
    for (const [index, part] of text.split('\n').entries()) {
      if (index > 0) lines.push([]);
      if (part) lines.at(-1)?.push({ text: part, ...(style && { style }) });
    }
  return lines;
}
