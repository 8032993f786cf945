import { Lexer, type MarkedToken, type Token, type Tokens } from 'marked';
import { linkUrl } from '../../core/message/safe-link.ts';
import type { Block, Inline, ListItem, ParseMarkdown } from '../../core/message/tree.ts';
import { plainText } from '../../core/message/tree-text.ts';
import { remember } from '../../core/remember.ts';
import { cleanText } from '../../core/text/clean-text.ts';
import { textNodes, withoutStandIns } from './markdown-text.ts';
import { createTokenizer } from './markdown-tokenizer.ts';

/** Characters of Markdown that are read; no message shows more. */
const LENGTH_LIMIT = 131_072;
const DEPTH_LIMIT = 12;
/** Each platform's writer asks for the trees of the same message, one after the other. */
const REMEMBERED = 8;

/** One line without markup that is not escaped. Most values are, and need no parser. */
const UNMARKED = /^(?![#>+=|~:-]|\d{1,9}[.)])(?:\\[!-/:-@[-`{-~]|[^\\`*_~<[!&\n\r])+$/;
const ESCAPE = /\\([!-/:-@[-`{-~])/g;

const { tokenizer, begin } = createTokenizer(DEPTH_LIMIT);

/**
 * Parses Markdown once to a tree; a line break is a line break, as in chat. An image is a link. A link whose label looks
 * like another address shows its real host. A bare web address is a link to exactly itself. Indentation makes no code.
 * Never throws: what cannot be parsed is text.
 */
export const parseMarkdown: ParseMarkdown = remember(REMEMBERED, parse);

function parse(markdown: string): readonly Block[] {
  const source = markdown.slice(0, LENGTH_LIMIT).trim();
  if (source === '') return [];
  if (UNMARKED.test(source)) return [{ type: 'paragraph', children: textNodes(source.replace(ESCAPE, '$1')) }];
  begin();
  try {
    return new Lexer({ gfm: true, breaks: true, tokenizer }).lex(source).flatMap(toBlock);
  } catch (error) {
    // Whatever a hostile text does to the parser, it ends as text.
    if (!(error instanceof Error)) throw error;
    return [{ type: 'paragraph', children: textNodes(source) }];
  }
}

function toBlock(anyToken: Token): readonly Block[] {
  const token = anyToken as MarkedToken; // The lexer has no extensions, so it makes no others.
  switch (token.type) {
    case 'paragraph':
    case 'text':
      return paragraph(token.tokens ?? [token]);
    case 'heading': {
      const children = toInlines(token.tokens);
      return children.length ? [{ type: 'heading', level: headingLevel(token.depth), children }] : [];
    }
    case 'code':
      return [toCode(token)];
    case 'blockquote': {
      const children = token.tokens.flatMap(toBlock);
      return children.length ? [{ type: 'quote', children }] : [];
    }
    case 'list':
      return [
        {
          type: 'list',
          ordered: token.ordered,
          start: Number(token.start) || (token.start === 0 ? 0 : 1),
          items: token.items.map(toItem),
        },
      ];
    case 'table':
      return [toTable(token)];
    case 'hr':
      return [{ type: 'rule' }];
    case 'space':
    case 'def':
    case 'checkbox':
      return [];
    default:
      return paragraph([token]);
  }
}

function paragraph(tokens: readonly Token[]): readonly Block[] {
  const children = toInlines(tokens);
  return children.length ? [{ type: 'paragraph', children }] : [];
}

function headingLevel(depth: number): 1 | 2 | 3 | 4 | 5 | 6 {
  return ([1, 2, 3, 4, 5, 6] as const)[depth - 1] ?? 6;
}

function toCode({ text, lang }: Tokens.Code): Block {
  const language = /^[\w+#.-]{1,30}/.exec(lang ?? '')?.[0];
  return { type: 'code', ...(language && { language }), text: withoutStandIns(text) };
}

function toItem({ task, checked, tokens }: Tokens.ListItem): ListItem {
  return { ...(task && { checked: checked === true }), children: tokens.flatMap(toBlock) };
}

function toTable({ header, rows, align }: Tokens.Table): Block {
  return {
    type: 'table',
    columns: align.map((side) => side ?? undefined),
    rows: [header, ...rows].map((row) => row.map((cell) => toInlines(cell.tokens))),
  };
}

function toInlines(tokens: readonly Token[]): readonly Inline[] {
  return trimEnds(joinTexts(tokens).flatMap(toInline));
}

/** Neighbouring texts and escapes as one text, so that an address cut by an escape is whole again. */
function joinTexts(tokens: readonly Token[]): readonly Token[] {
  const joined: Token[] = [];
  for (const token of tokens) {
    const last = joined.at(-1);
    if (!isText(token)) joined.push(token);
    else if (last && isText(last)) joined[joined.length - 1] = { type: 'text', raw: '', text: last.text + token.text };
    else joined.push(token);
  }
  return joined;
}

function isText(token: Token): token is Tokens.Text | Tokens.Escape {
  return token.type === 'escape' || (token.type === 'text' && !('tokens' in token));
}

function toInline(anyToken: Token): readonly Inline[] {
  const token = anyToken as MarkedToken; // The lexer has no extensions, so it makes no others.
  switch (token.type) {
    case 'text':
      return token.tokens ? toInlines(token.tokens) : textNodes(token.text);
    case 'escape':
      return textNodes(token.text);
    case 'strong':
      return [{ type: 'strong', children: toInlines(token.tokens) }];
    case 'em':
      return [{ type: 'emphasis', children: toInlines(token.tokens) }];
    case 'del':
      return [{ type: 'strike', children: toInlines(token.tokens) }];
    case 'codespan':
      return [{ type: 'code', text: withoutStandIns(token.text) }];
    case 'br':
      return [{ type: 'break' }];
    case 'link':
      return toLink(
        token.href,
        token.autolink ? [{ type: 'text', text: cleanText(token.text) }] : toInlines(token.tokens),
      );
    case 'image':
      return toLink(token.href, textNodes(token.text || 'image'));
    case 'checkbox':
      return [];
    default:
      return textNodes(token.raw);
  }
}

/** A link, or only its words where it may not be one. Links inside a link lose their own way. */
function toLink(href: string, children: readonly Inline[]): readonly Inline[] {
  const url = linkUrl(cleanText(href));
  const words = children.flatMap(withoutLink);
  if (!url) return children;
  return [{ type: 'link', url, children: plainText(words).trim() ? words : [{ type: 'text', text: url }] }];
}

function withoutLink(node: Inline): readonly Inline[] {
  if (node.type === 'link') return node.children.flatMap(withoutLink);
  return 'children' in node ? [{ ...node, children: node.children.flatMap(withoutLink) }] : [node];
}

/** Breaks at either end say nothing, nor do spaces beside a break. */
function trimEnds(nodes: readonly Inline[]): readonly Inline[] {
  const start = nodes.findIndex(isSaid);
  const said = start < 0 ? [] : nodes.slice(start, nodes.findLastIndex(isSaid) + 1);
  return said.map((node, index) => {
    if (node.type !== 'text') return node;
    const left = isEdge(said[index - 1]) ? node.text.trimStart() : node.text;
    return { type: 'text', text: isEdge(said[index + 1]) ? left.trimEnd() : left };
  });
}

function isEdge(node: Inline | undefined): boolean {
  return !node || node.type === 'break';
}

function isSaid(node: Inline): boolean {
  return node.type !== 'break' && (node.type !== 'text' || node.text.trim() !== '');
}
