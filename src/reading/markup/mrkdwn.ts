import { decodeEntities } from '../../core/text/entities.ts';
import type { Pen } from './pen.ts';

const ADDRESS = /^(https?:\/\/[^\s|]{1,2000}|mailto:[^\s|]{1,200})(?:\|([\s\S]*))?$/i;
const MENTION = /^[@#!][\w^-]{1,80}(?:\|([^|]*))?$/;
const MARK =
  /```([\s\S]{1,8000}?)```|`([^`\n]{1,1000})`|<([^<>\n]{1,2200})>|(?<![\w*])(\*\*?)(?=[^\s*])([^*\n]{1,600}?)(?<=[^\s*])\4(?![\w*])|(?<![\w_])_(?=[^\s_])([^_\n]{1,600}?)(?<=[^\s_])_(?![\w_])|(?<![\w~])~(?=[^\s~])([^~\n]{1,600}?)(?<=[^\s~])~(?![\w~])/g;
const DEPTH_LIMIT = 6;

/** Whether a text holds what only Slack writes: an address or a mention in angle brackets with its name behind a bar. */
export function holdsMrkdwn(text: string): boolean {
  return /<(?:https?:\/\/|mailto:)[^<>\s|]{1,2000}\|[^<>\n]*>|<[@#!][\w^-]{1,80}(?:\|[^<>\n]*)?>/i.test(text);
}

/** Slack's own markup in another form; bold as Markdown writes it is understood too. */
export function readMrkdwn(text: string, pen: Pen, depth = 0): string {
  let written = '';
  let end = 0;
  for (const match of text.matchAll(MARK)) {
    const [whole, block, code, angle, , bold, slanted, struck] = match;
    const inner = (part: string) =>
      depth < DEPTH_LIMIT ? readMrkdwn(part, pen, depth + 1) : pen.text(decodeEntities(part));
    const said =
      block !== undefined
        ? pen.block(decodeEntities(block))
        : code !== undefined
          ? pen.code(decodeEntities(code))
          : angle !== undefined
            ? bracketed(angle, inner, pen)
            : bold !== undefined
              ? pen.strong(inner(bold))
              : slanted !== undefined
                ? pen.emphasis(inner(slanted))
                : pen.strike(inner(struck ?? ''));
    if (said === undefined) continue;
    written += pen.text(decodeEntities(text.slice(end, match.index))) + said;
    end = match.index + whole.length;
  }
  return written + pen.text(decodeEntities(text.slice(end)));
}

function bracketed(angle: string, inner: (part: string) => string, pen: Pen): string | undefined {
  const address = ADDRESS.exec(angle);
  if (address) {
    const url = decodeEntities(address[1] ?? '');
    const label = address[2] ?? url.replace(/^mailto:/i, '');
    return pen.link(address[2] === undefined ? pen.text(label) : inner(label), url);
  }
  if (/^!date\^/.test(angle)) return pen.text(decodeEntities(angle.split('|')[1] ?? ''));
  const mention = MENTION.exec(angle);
  if (!mention) return undefined;
  const name = mention[1] || (angle.startsWith('!') ? angle.slice(1).split('^')[0] : '');
  return pen.text(
    name ? `${angle.startsWith('#') ? '#' : '@'}${decodeEntities(name).replace(/^[@#]/, '')}` : 'someone',
  );
}
