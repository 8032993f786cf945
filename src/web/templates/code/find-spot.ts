/** The place in a template where somebody writes. */
export interface Spot {
  /** Where the word at the place begins, and what of it is written. */
  readonly from: number;
  readonly typed: string;
  /** What is written there: a name to call or print, one of its values, text in quotes, or what follows `#`, `/` or `>`. */
  readonly kind: 'name' | 'value' | 'text' | 'block' | 'close' | 'partial';
  /** What the values are for. */
  readonly helper: string | undefined;
  /** How many values stand before it, besides those with names. */
  readonly position: number;
  /** The name whose value it is, and all names that are given. */
  readonly named: string | undefined;
  readonly given: readonly string[];
  /** The blocks around it, the outermost first. */
  readonly open: readonly OpenBlock[];
}

export interface OpenBlock {
  readonly name: string;
  /** The first path that it is given, unless the place is behind its `else`. */
  readonly path: string | undefined;
  /** The names that it gives to its items: `as |item|`. */
  readonly names: readonly string[];
}

interface Call {
  name: string | undefined;
  position: number;
  named: string | undefined;
  given: string[];
}

interface Tag {
  readonly sigil: string;
  readonly calls: readonly Call[];
  readonly path: string | undefined;
  readonly names: readonly string[];
  /** Where it ends; absent where the place is inside. */
  readonly end: number | undefined;
  /** The word or the text that is being written. */
  readonly from: number;
  readonly quoted: boolean;
  /** Whether nothing can be written there, as right behind the end of a text. */
  readonly full: boolean;
}

const TOKEN =
  /(?<space>\s+)|(?<open>\()|(?<shut>\))|(?<text>"[^"]*"?|'[^']*'?)|(?<end>~?\}\}\}?)|(?<names>\|[^|]*\|?)|(?<word>(?:\[[^\]]*\]?|[^\s"'()|=}~[])+)|./suy;
const LITERAL = /^(?:-?\d|true$|false$|null$|undefined$|as$)/;

/** What is written at a place; nothing outside of `{{` and `}}`, and in comments. */
export function findSpot(text: string, at: number): Spot | undefined {
  const open: OpenBlock[] = [];
  for (let index = 0; ; ) {
    const start = text.indexOf('{{', index);
    if (start < 0 || start + 2 > at) return undefined;
    if (text[start - 1] === '\\') {
      index = start + 2;
      continue;
    }
    const comment = /^\{\{~?!(?:--)?/.exec(text.slice(start, start + 6));
    if (comment) {
      const end = endOfComment(text, start + comment[0].length, comment[0].endsWith('--'));
      if (end === undefined || end > at) return undefined;
      index = end;
      continue;
    }
    const tag = readTag(text, start, at);
    if (tag.end === undefined) return tag.full ? undefined : toSpot(tag, text.slice(tag.from, at), open);
    settle(tag, open);
    index = tag.end;
  }
}

function endOfComment(text: string, from: number, dashed: boolean): number | undefined {
  const end = dashed ? /--~?\}\}/g : /\}\}/g;
  end.lastIndex = from;
  return end.exec(text) ? end.lastIndex : undefined;
}

function readTag(text: string, start: number, at: number): Tag {
  const head = /^\{\{\{?~?&?\s*(?:(#)[*>]?|(\/)|(>)|(\^)|(else)(?![\w.=-]))?/.exec(text.slice(start, start + 200));
  const sigil = head?.slice(1).find(Boolean) ?? '';
  let index = Math.min(start + (head?.[0].length ?? 2), at);
  const top = aCall();
  const calls = [top];
  let path: string | undefined;
  let names: readonly string[] = [];
  const tag = (rest: Partial<Tag>): Tag => ({
    sigil,
    calls,
    path,
    names,
    end: undefined,
    from: at,
    quoted: false,
    full: false,
    ...rest,
  });
  // Right behind `else` its name goes on.
  if (sigil === 'else' && index === at) return tag({ full: true });
  while (index < at) {
    TOKEN.lastIndex = index;
    const found = TOKEN.exec(text);
    const end = Math.min(TOKEN.lastIndex, at);
    const call = calls.at(-1) ?? top;
    const { groups = {} } = found ?? {};
    if (groups.end !== undefined) {
      if (TOKEN.lastIndex <= at) return tag({ end: TOKEN.lastIndex });
      return tag({ full: true });
    }
    if (groups.text !== undefined) {
      const closed = groups.text.length > 1 && groups.text.endsWith(groups.text.charAt(0));
      if (!closed || TOKEN.lastIndex > at) return tag({ from: index + 1, quoted: true });
      if (end === at) return tag({ full: true });
      addValue(call);
    } else if (groups.open !== undefined) calls.push(aCall());
    else if (groups.shut !== undefined) {
      if (calls.length > 1) calls.pop();
      addValue(calls.at(-1) ?? top);
      if (end === at) return tag({ full: true });
    } else if (groups.names !== undefined) names = groups.names.replaceAll('|', '').trim().split(/\s+/);
    else if (groups.word !== undefined) {
      if (end === at) return tag({ from: index });
      if (text[end] === '=') {
        call.named = groups.word;
        call.given.push(groups.word);
        index = end + 1;
        continue;
      }
      if (call.name !== undefined || call.named !== undefined) {
        if (!LITERAL.test(groups.word)) path ??= groups.word;
        addValue(call);
      } else call.name = groups.word;
    }
    index = end;
  }
  return tag({});
}

function aCall(): Call {
  return { name: undefined, position: 0, named: undefined, given: [] };
}

function addValue(call: Call): void {
  if (call.named === undefined) call.position += 1;
  call.named = undefined;
}

/** What a whole tag does to the blocks around what follows it. */
function settle({ sigil, calls, path, names }: Tag, open: OpenBlock[]): void {
  const [call] = calls;
  if (sigil === '#') open.push({ name: call?.name ?? '', path, names });
  else if (sigil === '/') open.pop();
  else if (sigil === 'else' || sigil === '^') {
    const last = open.pop();
    if (last) open.push({ ...last, path: undefined, names: [] });
  }
}

const KINDS: Readonly<Record<string, Spot['kind']>> = {
  '#': 'block',
  '^': 'block',
  else: 'block',
  '/': 'close',
  '>': 'partial',
};

function toSpot({ sigil, calls, from, quoted }: Tag, typed: string, open: readonly OpenBlock[]): Spot {
  const call = calls.at(-1) ?? aCall();
  const isName = call.name === undefined && call.named === undefined;
  const kind = quoted ? 'text' : isName ? (calls.length === 1 && KINDS[sigil]) || 'name' : 'value';
  return {
    from,
    typed,
    kind,
    helper: call.name,
    position: call.position,
    named: call.named,
    given: call.given,
    open,
  };
}
