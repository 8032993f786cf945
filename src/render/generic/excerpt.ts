import type { About } from '../../core/event/about.ts';
import { escapeMarkdown, type Markdown } from '../../core/message/message.ts';
import { cutWords } from '../../core/text/cut-text.ts';
import { maskText } from '../../core/text/mask-secrets.ts';
import { type Flavour, flavourOf, toMarkup, toPlain, withoutColours } from '../../reading/markup/markup.ts';
import { essence, says } from '../../reading/words.ts';
import { codeBlock } from '../markdown/code-markdown.ts';
import { tameMarkdown, withoutComments } from '../markdown/tame-markdown.ts';

const LINES = 5;
const LENGTH = 500;
const CODE_LINE = 160;
/** As much of a text as is looked at for five lines of it. */
const LOOKED_AT = 16_000;
const CODE = /\n[ \t]{2,}\S|^\s+at \S|^Traceback |^\s*[<{]/;

const FENCE = /^ {0,3}(?:```|~~~)/;

interface ExcerptOptions {
  readonly flavour?: Flavour | undefined;
  readonly lines?: number;
  /** Characters; 500 when left out. */
  readonly length?: number;
}

/** The beginning of a text that a payload holds, at most five lines where no other number is given, without what the title says already; empty where nothing is left. */
export function excerptOf(
  text: string,
  { title, url }: Pick<About, 'title' | 'url'>,
  { flavour, lines: limit = LINES, length = LENGTH }: ExcerptOptions = {},
): Markdown {
  const said = maskText(withoutComments(withoutColours(text.slice(0, LOOKED_AT))))
    .replace(/\r\n?/g, '\n')
    .trim();
  const kind = flavour ?? flavourOf(said);
  if (kind === 'plain' && CODE.test(said) && said.includes('\n')) return codeOf(said, { title, limit });
  const markdown = kind === 'plain' ? undefined : tameMarkdown(toMarkup(said, kind)).trim();
  const lines = withoutTitle((markdown ?? said).split('\n'), title, kind).filter((line) => !isOwnLink(line, url));
  const shown: string[] = [];
  let [count, room] = [0, length];
  for (const line of lines) {
    const fits = line.length <= room;
    if (count === limit || (!fits && room < 60)) {
      shown.push('…');
      break;
    }
    // Half a mark would be seen, so a line that has to be cut loses its marks.
    shown.push(
      fits
        ? markdown === undefined
          ? escapeMarkdown(line)
          : line
        : escapeMarkdown(cutWords(markdown === undefined ? line : toPlain(line, 'markdown'), room)),
    );
    if (line.trim() !== '') count++;
    room -= line.length;
    if (room <= 0) break;
  }
  if (isOpenFence(shown)) shown.splice(-2, 1);
  const body = shown
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  return markdown === undefined ? body : tameMarkdown(body).trim();
}

/** Whether a line is nothing but the address that the title leads to, or one on the way there. */
function isOwnLink(line: string, url: string | undefined): boolean {
  const [, address] = /^\W*(https?:\/\/[^\s<>()\\]+?)[\W_]*$/.exec(line.replace(/\\/g, '')) ?? [];
  return address !== undefined && Boolean(url?.startsWith(address.replace(/\/+$/, '')));
}

/** Whether the text was cut right behind the beginning of a block of code. */
function isOpenFence(lines: readonly string[]): boolean {
  const fences = lines.filter((line) => FENCE.test(line)).length;
  return lines.at(-1) === '…' && fences % 2 === 1 && FENCE.test(lines.at(-2) ?? '');
}

/** Without the lines at the beginning that the title says, and the names in brackets before the rest. */
function withoutTitle(lines: readonly string[], title: string, kind: Flavour): readonly string[] {
  const plain = (line: string) => (kind === 'plain' ? line : toPlain(line, 'markdown'));
  const start = lines.findIndex(
    (line) => line.trim() !== '' && !says(title, plain(line)) && essence(plain(line)) !== '',
  );
  if (start < 0) return [];
  const [first = '', ...rest] = lines.slice(start);
  const fences = lines.slice(0, start).filter((line) => FENCE.test(line));
  // A block of code goes on behind the line of it that the title says.
  return [...(fences.length % 2 === 1 ? fences.slice(-1) : []), withoutBrackets(first, title), ...rest];
}

function withoutBrackets(line: string, title: string): string {
  const [, bracketed, rest] = /^\\?\[([^\]\\]{1,60})\\?\]:? *(\S.*)$/.exec(line) ?? [];
  return bracketed !== undefined && rest !== undefined && says(title, bracketed) ? withoutBrackets(rest, title) : line;
}

function codeOf(text: string, { title, limit }: { readonly title: string; readonly limit: number }): Markdown {
  const lines = text.split('\n').filter((line, index) => line.trim() !== '' && (index > 0 || !says(title, line)));
  return codeBlock(
    lines
      .slice(0, limit)
      .map((line) => cutWords(line, CODE_LINE))
      .join('\n') + (lines.length > limit ? '\n…' : ''),
  );
}
