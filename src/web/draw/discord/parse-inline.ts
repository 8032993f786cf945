import { safeUrl } from '../../kit/safe-url.ts';

/** What Discord makes of one run of text. */
export type DiscordInline =
  | { readonly type: 'text' | 'code'; readonly text: string }
  | {
      readonly type: 'strong' | 'emphasis' | 'underline' | 'strike' | 'spoiler';
      readonly children: readonly DiscordInline[];
    }
  | { readonly type: 'link'; readonly url: string; readonly children: readonly DiscordInline[] }
  | { readonly type: 'mention'; readonly kind: 'user' | 'role' | 'channel' | 'slash'; readonly text: string }
  | { readonly type: 'time'; readonly unix: number; readonly style: string }
  | { readonly type: 'break' };

/** Deeper nesting than people write is read as text, so that no payload can exhaust the stack. */
export const DEPTH = 8;

type Rule = readonly [pattern: RegExp, make: (match: RegExpExecArray, depth: number) => DiscordInline];

/** In the order in which Discord tries them. */
const RULES: readonly Rule[] = [
  [/\\([^0-9A-Za-z\s])/y, ([, text = '']) => ({ type: 'text', text })],
  [
    /(`+)([^`]|[^`][\s\S]*?[^`])\1(?!`)/y,
    ([, , text = '']) => ({ type: 'code', text: text.replace(/^ (.*) $/, '$1') }),
  ],
  [
    /<t:(-?\d{1,13})(?::([tTdDfFsSR]))?>/y,
    ([, unix = '0', style = 'f']) => ({ type: 'time', unix: Number(unix), style }),
  ],
  [/<@!?(\d+)>/y, ([, id = '']) => ({ type: 'mention', kind: 'user', text: id })],
  [/<@&(\d+)>/y, ([, id = '']) => ({ type: 'mention', kind: 'role', text: id })],
  [/<#(\d+)>/y, ([, id = '']) => ({ type: 'mention', kind: 'channel', text: id })],
  [/<\/([^:>\n]{1,100}):\d+>/y, ([, text = '']) => ({ type: 'mention', kind: 'slash', text })],
  [/<a?(:\w{2,32}:)\d+>/y, ([, text = '']) => ({ type: 'text', text })],
  [/<(https?:\/\/[^\s<>]+)>/y, ([, url = '']) => toLink(url, [{ type: 'text', text: url }])],
  [
    /\[((?:\\[\s\S]|[^\\\]\n])+)\]\(<?((?:https?:\/\/|mailto:)(?:\([^\s()]*\)|[^\s()<>])*)>?(?: "[^"\n]*")?\)/y,
    ([, label = '', url = ''], depth) => toLink(url, parseInline(label, depth + 1)),
  ],
  [/https?:\/\/[^\s<]+[^\s<.,:;"'\])!?*_~|]/y, ([url]) => toLink(url, [{ type: 'text', text: url }])],
  [/\|\|((?:\\[\s\S]|[^\\])+?)\|\|/y, ([, text = ''], depth) => wrap('spoiler', text, depth)],
  [/\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)/y, ([, text = ''], depth) => wrap('strong', text, depth)],
  [/__((?:\\[\s\S]|[^\\])+?)__(?!_)/y, ([, text = ''], depth) => wrap('underline', text, depth)],
  [/\*(?=\S)((?:\\[\s\S]|\*\*|[^\\*])+?)\*(?!\*)/y, ([, text = ''], depth) => wrap('emphasis', text, depth)],
  [/_((?:\\[\s\S]|__|[^\\_])+?)_(?![0-9A-Za-z])/y, ([, text = ''], depth) => wrap('emphasis', text, depth)],
  [/~~((?:\\[\s\S]|[^\\])+?)~~/y, ([, text = ''], depth) => wrap('strike', text, depth)],
  [/\n/y, () => ({ type: 'break' })],
];

/** Characters at which a rule may begin; everything between them is text. */
const PLAIN = /(?:(?!https?:\/\/)[^\\`<[|*_~\n])+/y;

/** Parses one run of text, such as an embed's title or a field's name. */
export function parseInline(text: string, depth = 0): readonly DiscordInline[] {
  if (depth > DEPTH) return [{ type: 'text', text }];
  const nodes: DiscordInline[] = [];
  let position = 0;
  while (position < text.length) {
    const [length, node] = parseOne(text, position, depth);
    const last = nodes.at(-1);
    if (node.type === 'text' && last?.type === 'text')
      nodes[nodes.length - 1] = { type: 'text', text: last.text + node.text };
    else nodes.push(node);
    position += length;
  }
  return nodes;
}

function parseOne(text: string, position: number, depth: number): readonly [number, DiscordInline] {
  const plain = matchAt(PLAIN, text, position);
  if (plain) return [plain[0].length, { type: 'text', text: plain[0] }];
  for (const [pattern, make] of RULES) {
    const match = matchAt(pattern, text, position);
    if (match) return [match[0].length, make(match, depth)];
  }
  return [1, { type: 'text', text: text.charAt(position) }];
}

function matchAt(pattern: RegExp, text: string, position: number): RegExpExecArray | null {
  pattern.lastIndex = position;
  return pattern.exec(text);
}

function wrap(
  type: 'strong' | 'emphasis' | 'underline' | 'strike' | 'spoiler',
  text: string,
  depth: number,
): DiscordInline {
  return { type, children: parseInline(text, depth + 1) };
}

function toLink(url: string, children: readonly DiscordInline[]): DiscordInline {
  const address = safeUrl(url);
  return address ? { type: 'link', url: address, children } : { type: 'text', text: url };
}
