import type { Markdown } from '../../core/message/message.ts';

/** Markdown as a quote. It ends with a line break of its own, or what follows would belong to it. */
export function quoteMarkdown(markdown: Markdown): Markdown {
  const said = markdown.replace(/\r\n?/g, '\n').replace(/^(?:[ \t]*\n)+|\s+$/g, '');
  return said && `\n${said.replace(/^/gm, '> ')}\n`;
}
