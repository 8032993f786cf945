import { escapeMarkdown, type Markdown } from '../../core/message/message.ts';

/** Writes what a converter of markup has understood. */
export interface Pen {
  text(literal: string): string;
  strong(inner: string): string;
  emphasis(inner: string): string;
  strike(inner: string): string;
  code(literal: string): string;
  block(literal: string): string;
  link(label: string, url: string): string;
  heading(inner: string): string;
  item(inner: string): string;
  quote(inner: string): string;
}

/** Writes Markdown in which the source's text is literal. */
export const markdownPen: Pen = {
  text: escapeMarkdown,
  strong: (inner) => around('**', inner),
  emphasis: (inner) => around('*', inner),
  strike: (inner) => around('~~', inner),
  code: (literal) => fenced('`', literal.replace(/\s+/g, ' ').trim()),
  block: (literal) => `\n${fenced('```', `\n${literal.replace(/^\s*\n|\s+$/g, '')}\n`)}\n`,
  link: toLink,
  heading: (inner) => `\n**${inner.replace(/\s*\n\s*/g, ' ').trim()}**\n`,
  item: (inner) => `\n- ${inner.trim()}`,
  quote: (inner) => `\n${inner.trim().replace(/^/gm, '> ')}\n`,
};

/** Writes the words alone, for places that hold nothing but text. */
export const plainPen: Pen = {
  text: same,
  strong: same,
  emphasis: same,
  strike: same,
  code: same,
  block: (literal) => `\n${literal}\n`,
  link: (label, url) => label.trim() || url,
  heading: (inner) => `\n${inner}\n`,
  item: (inner) => `\n• ${inner.trim()}`,
  quote: (inner) => `\n${inner}\n`,
};

function same(text: string): string {
  return text;
}

/** Marks only work where they touch their words. */
function around(mark: string, inner: string): Markdown {
  const words = inner.trim();
  if (words === '' || words.includes('\n')) return inner;
  const [before, after] = inner.split(words, 2);
  return `${before}${mark}${words}${mark}${after ?? ''}`;
}

function fenced(mark: string, literal: string): Markdown {
  if (literal.trim() === '') return '';
  const longest = Math.max(0, ...(literal.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(Math.max(mark.length, longest + 1));
  const pad = mark === '`' && /^`|`$/.test(literal) ? ' ' : '';
  return fence + pad + literal + pad + fence;
}

function toLink(label: string, url: string): Markdown {
  const words = label.replace(/\s+/g, ' ').trim();
  const target = url.replace(/[<>\\\s]/g, encodeURIComponent);
  return words === '' || words === escapeMarkdown(url) ? escapeMarkdown(url) : `[${words}](<${target}>)`;
}
