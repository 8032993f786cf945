import { Lexer } from 'marked';
import { type Markdown, stripSentinels } from '../../core/message/message.ts';
import { drawEmoji, mayNameEmoji } from './emoji-names.ts';
import { htmlToMarkdown } from './html-markdown.ts';
import { createTokenizer } from './markdown-tokenizer.ts';
import { withNotesAndReferences } from './notes-and-references.ts';
import { outsideCode } from './outside-code.ts';

const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const FENCE_END = /^ {0,3}(`{3,}|~{3,})[ \t]*$/;

const { tokenizer, begin } = createTokenizer(1);

/** Characters that are read; no message shows as many, nor does any code host take more. */
const LENGTH_LIMIT = 131_072;

/**
 * Markdown from outside, fit to stand within a template: no stand-ins, no HTML, nothing that only code hosts draw, and a
 * block of code it opens it closes. `cut` shortens it when all that is done, so that no half of anything is left.
 */
export function tameMarkdown(given: string, cut: (markdown: string) => string = (markdown) => markdown): Markdown {
  const plain = withoutComments(stripSentinels(given.slice(0, LENGTH_LIMIT)).replace(/\r\n?/g, '\n'));
  const text = withNotesAndReferences(htmlToMarkdown(plain));
  const drawn = mayNameEmoji(text) ? outsideCode(text, drawEmoji) : text;
  const said = cut(drawn.trim());
  return /```|~~~/.test(said) ? withClosedFence(said) : said;
}

/** Templates for issues are full of comments that nobody should read. Code keeps its own. */
export function withoutComments(text: string): string {
  if (!text.includes('<!--')) return text;
  const opener = /<!--|`{3,}|~{3,}/g;
  let said = '';
  let position = 0;
  for (let match = opener.exec(text); match; match = opener.exec(text)) {
    const [mark] = match;
    const closer = mark === '<!--' ? '-->' : mark;
    const end = text.indexOf(closer, match.index + mark.length);
    if (end < 0) break;
    said += text.slice(position, mark === '<!--' ? match.index : end + closer.length);
    position = end + closer.length;
    opener.lastIndex = position;
  }
  return (said + text.slice(position)).replace(/\n[ \t]*\n\s*\n/g, '\n\n');
}

/** An open block of code would swallow the rest of the template. */
function withClosedFence(text: string): string {
  begin();
  const last = new Lexer({ gfm: true, breaks: true, tokenizer }).blockTokens(text).at(-1);
  const mark = last?.type === 'code' ? FENCE.exec(last.raw)?.[1] : undefined;
  if (!last || !mark) return `${text}\n`;
  const [, ...lines] = last.raw.split('\n');
  const lastLine = lines.findLast((line) => line.trim() !== '') ?? '';
  const closed = FENCE_END.exec(lastLine)?.[1]?.startsWith(mark) ?? false;
  return closed ? `${text}\n` : `${text}\n${mark}\n`;
}
