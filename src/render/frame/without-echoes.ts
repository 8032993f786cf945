import { toInline } from '../../core/message/markdown/inline-markdown.ts';
import type { Message } from '../../core/message/message.ts';
import { inlineText, plainText } from '../../core/message/tree-text.ts';
import { parseMarkdown } from '../markdown/markdown.ts';

/** A longer body does not only repeat the first line. */
const LONGEST = 600;

/** Says nothing twice: removes fields, the author and the body where the first line or the context line says the same. */
export function withoutEchoes(message: Message): Message {
  const { title, footer = '', fields, author, body, mentions } = message;
  const line = words(title?.text ?? '');
  const context = footer.split(' · ').map(words);
  const isSaid = (text: string) => {
    const said = words(text);
    // A bare number means something else under another name.
    return said !== '' && (context.includes(said) || (/\p{L}/u.test(said) && ` ${line} `.includes(` ${said} `)));
  };
  const { author: _, ...rest } = message;
  return {
    ...rest,
    ...(author && !isSaid(author.name) && { author }),
    fields: fields.filter(({ value }) => {
      const inline = toInline(value, parseMarkdown, mentions);
      const text = inlineText(inline, mentions);
      // Who is pinged is said where the ping stands.
      const pings = inline.some((node) => node.type === 'mention' && !isEmpty(mentions[node.index]?.ids));
      return text.trim() !== '' && (pings || !isSaid(text));
    }),
    body: body.length < LONGEST && words(plainText(parseMarkdown(body))) === line ? '' : body,
  };
}

function isEmpty(ids: Readonly<Record<string, string>> = {}): boolean {
  return Object.keys(ids).length === 0;
}

/** A text as its words alone, so that two that say the same are the same. */
function words(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
