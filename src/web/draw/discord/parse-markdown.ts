import { DEPTH, type DiscordInline, parseInline } from './parse-inline.ts';

/** What Discord makes of the text in a message: its own dialect, which is not quite CommonMark. */
export type DiscordBlock =
  | { readonly type: 'paragraph'; readonly children: readonly DiscordInline[] }
  | { readonly type: 'heading'; readonly level: 1 | 2 | 3; readonly children: readonly DiscordInline[] }
  | { readonly type: 'subtext'; readonly children: readonly DiscordInline[] }
  | { readonly type: 'quote'; readonly children: readonly DiscordBlock[] }
  | {
      readonly type: 'list';
      readonly ordered: boolean;
      readonly start: number;
      readonly items: readonly (readonly DiscordBlock[])[];
    }
  | { readonly type: 'code'; readonly language: string; readonly text: string };

const ITEM = /^( *)([-*]|\d{1,9}\.) +(.*)$/;

/** Parses text as Discord does in a message's content and an embed's description. */
export function parseDiscordMarkdown(text: string): readonly DiscordBlock[] {
  return splitFences(text).flatMap((part) => (typeof part === 'string' ? parseLines(part.split('\n'), 0) : [part]));
}

/** Cuts out code blocks first: nothing inside them means anything. */
function splitFences(text: string): readonly (string | DiscordBlock)[] {
  const parts: (string | DiscordBlock)[] = [];
  let start = 0;
  for (const match of text.matchAll(/\\[\s\S]|```(?:([\w+#.-]*)\n)?([\s\S]*?)```/g)) {
    const [all, language = '', code] = match;
    if (code === undefined || code.trim() === '') continue;
    if (match.index > start) parts.push(text.slice(start, match.index).replace(/\n$/, ''));
    parts.push({ type: 'code', language, text: code.replace(/^\n+|\n+$/g, '') });
    start = match.index + all.length;
    if (text[start] === '\n') start++;
  }
  if (start < text.length) parts.push(text.slice(start));
  return parts;
}

function parseLines(lines: readonly string[], depth: number): readonly DiscordBlock[] {
  const blocks: DiscordBlock[] = [];
  let paragraph: string[] = [];
  const flush = () => {
    if (paragraph.length > 0) blocks.push({ type: 'paragraph', children: parseInline(paragraph.join('\n')) });
    paragraph = [];
  };
  const takeWhile = (from: number, belongs: (line: string) => boolean) => {
    const end = lines.findIndex((line, index) => index >= from && !belongs(line));
    return lines.slice(from, end < 0 ? lines.length : end);
  };

  for (let index = 0; index < lines.length; ) {
    const line = lines[index] ?? '';
    const heading = /^ {0,3}(#{1,3}) +(.+)$/.exec(line);
    const subtext = /^-# +(.+)$/.exec(line);
    if (depth < DEPTH && line.startsWith('>>> ')) {
      flush();
      blocks.push({ type: 'quote', children: parseLines([line.slice(4), ...lines.slice(index + 1)], depth + 1) });
      return blocks;
    }
    if (depth < DEPTH && /^> /.test(line)) {
      flush();
      const quoted = takeWhile(index, (candidate) => /^>( |$)/.test(candidate));
      blocks.push({
        type: 'quote',
        children: parseLines(
          quoted.map((each) => each.slice(2)),
          depth + 1,
        ),
      });
      index += quoted.length;
    } else if (heading) {
      flush();
      blocks.push({ type: 'heading', level: toLevel(heading[1]), children: parseInline(heading[2] ?? '') });
      index++;
    } else if (subtext) {
      flush();
      blocks.push({ type: 'subtext', children: parseInline(subtext[1] ?? '') });
      index++;
    } else if (depth < DEPTH && ITEM.test(line)) {
      flush();
      const listed = takeWhile(index, (candidate) => continuesList(line, candidate));
      blocks.push(parseList(listed, depth + 1));
      index += listed.length;
    } else {
      paragraph.push(line);
      index++;
    }
  }
  flush();
  return blocks;
}

/** Whether a line belongs to the list that another began. A mark of the other kind at the same place begins a new list. */
function continuesList(first: string, line: string): boolean {
  const [, indent = '', marker = ''] = ITEM.exec(first) ?? [];
  const [, inner = '', other = ''] = ITEM.exec(line) ?? [];
  if (!other) return /^ {2,}\S/.test(line);
  return inner.length > indent.length + 1 || /\d/.test(marker) === /\d/.test(other);
}

function parseList(lines: readonly string[], depth: number): DiscordBlock {
  const [, indent = '', marker = '-'] = ITEM.exec(lines[0] ?? '') ?? [];
  const items: string[][] = [];
  for (const line of lines) {
    const [, inner = '', , text = ''] = ITEM.exec(line) ?? [];
    const item = items.at(-1);
    if (item && (!ITEM.test(line) || inner.length > indent.length + 1)) item.push(line.slice(indent.length + 2));
    else items.push([text]);
  }
  const ordered = /\d/.test(marker);
  return {
    type: 'list',
    ordered,
    start: ordered ? Number.parseInt(marker, 10) : 1,
    items: items.map((item) => parseLines(item, depth)),
  };
}

function toLevel(marks = '#'): 1 | 2 | 3 {
  return marks.length === 1 ? 1 : marks.length === 2 ? 2 : 3;
}
