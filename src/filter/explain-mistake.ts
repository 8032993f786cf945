import { didYouMean } from '../core/text/nearest.ts';
import { ABOUT_PARTS, FUNCTIONS, OWN_NAMES, SIZE, VARIABLES } from './environment.ts';

/** Why a condition cannot be used, as sentences that say where. */
export class Mistake extends Error {}

/** Where something stands in a condition, with what stands there. */
export function placeOf(text: string, start: number, end = start): string {
  const said = text.slice(start, Math.max(end, start + 1)).slice(0, 60);
  if (start >= text.length) return 'at the end';
  return `at character ${start + 1}${said.includes('`') ? '' : `, \`${said}\``}`;
}

/** What the library complains about, in words that help whoever wrote the condition. */
export function explain(error: unknown, text: string): Mistake {
  if (error instanceof Mistake) return error;
  const { code = '', summary = '', range } = toComplaint(error);
  const start = range?.start ?? 0;
  const place = placeOf(text, start, range?.end);
  const said = inOurNames(summary);
  switch (code) {
    case 'unknown_variable': {
      const name = /: (.+)$/.exec(said)?.[1] ?? '';
      return new Mistake(
        `\`${name}\` is not known (${place}).${didYouMean(name, Object.keys(VARIABLES)) || hintOf(name)}`,
      );
    }
    case 'no_matching_overload': {
      const name = /'(?:[^'(]*\.)?(\w+)\(/.exec(said)?.[1] ?? '';
      if (!FUNCTIONS.includes(name))
        return new Mistake(`There is no function \`${name}\` (${place}).${didYouMean(name, FUNCTIONS)}`);
      return new Mistake(`\`${name}\` cannot be used like this (${place}).`);
    }
    case 'no_such_overload': {
      const [, left = '', operator = '', right = ''] = /: (\S+) (\S+) (\S+)$/.exec(said) ?? [];
      const [one, other] = [WORDS[left] ?? left, WORDS[right] ?? right];
      return new Mistake(
        operator
          ? `${one.charAt(0).toUpperCase()}${one.slice(1)} cannot be compared with ${other} by \`${operator}\` (${place}).`
          : `${said} (${place}).`,
      );
    }
    case 'unexpected_character':
      if (/: =$/.test(summary)) return new Mistake(`A single \`=\` (${place}) compares nothing: write \`==\`.`);
      return new Mistake(`It cannot be read ${place}.`);
    case 'unterminated_string':
      return new Mistake(`The quote that opens ${place} is never closed.`);
    case 'unexpected_token':
    case 'expected_token':
      return new Mistake(`It cannot be read ${place}: ${start >= text.length ? 'something is missing there' : said}.`);
    default:
      if (/Exceeded|max/i.test(summary))
        return new Mistake(
          `It is too large: ${SIZE.nodes} parts, ${SIZE.depth} levels and lists of ${SIZE.items} are allowed (${place}).`,
        );
      return new Mistake(`${said || 'It cannot be read'} (${place}).`);
  }
}

/** What a condition that was run complains about, as a clause. */
export function describeProblem(error: unknown, text: string): string {
  const { code, summary = '', range } = toComplaint(error);
  const place = range ? ` (\`${text.slice(range.start, range.end).replaceAll('`', '').slice(0, 60)}\`)` : '';
  const said = inOurNames(summary);
  if (code === 'no_such_key') return `the event has no ${said.replace(/^No such key: (.+)$/, '`$1`')}`;
  if (code === 'no_such_overload') return `it compares what cannot be compared: ${inWords(said)}${place}`;
  if (code === 'no_matching_overload') return `it calls a function with what it cannot take${place}`;
  return `${said ? said.charAt(0).toLowerCase() + said.slice(1) : 'it cannot be evaluated'}${place}`;
}

interface Complaint {
  readonly code?: string;
  readonly summary?: string;
  readonly range?: { readonly start: number; readonly end: number };
}

function toComplaint(error: unknown): Complaint {
  // The library's own errors have these; an error of the language has none.
  return error instanceof Error ? { summary: error.message.split('\n')[0] ?? '', ...pick(error) } : {};
}

function pick({ code, summary, range }: Error & Complaint): Complaint {
  return { ...(code && { code }), ...(summary && { summary }), ...(range && { range }) };
}

const WORDS: Readonly<Record<string, string>> = {
  string: 'text',
  int: 'a number',
  uint: 'a number',
  double: 'a number',
  bool: 'yes or no',
  null: 'nothing',
  'google.protobuf.Timestamp': 'a time',
  'google.protobuf.Duration': 'a length of time',
};

function inWords(said: string): string {
  return said.replace(/^no such overload: (\S+) (\S+) (\S+)$/, (_, left, operator, right) => {
    const words = (type: string) => WORDS[type.replace(/^dyn<(.+)>$/, '$1')] ?? type;
    return `${words(left)} \`${operator}\` ${words(right)}`;
  });
}

function inOurNames(said: string): string {
  return Object.entries(OWN_NAMES).reduce((text, [ours, theirs]) => text.replaceAll(theirs, ours), said);
}

/** What a name may mean that stands alone: people write the field, or forget the quotes. */
function hintOf(name: string): string {
  const part = ABOUT_PARTS.includes(name) ? `\`about.${name}\` or ` : '';
  return ` Did you mean ${part}the field \`payload.${name}\`, or the text \`'${name}'\`?`;
}
