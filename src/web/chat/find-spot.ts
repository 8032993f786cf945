import type { CommandDescription, OptionDescription } from '../api/shapes.ts';

/** What stands at the cursor of a command line: what is typed there, and what could come. */
export interface Spot {
  /** Where the typed part begins; it ends at the cursor. */
  readonly from: number;
  readonly typed: string;
  readonly command?: CommandDescription;
  /** Whether the command's own name is what is typed. */
  readonly naming: boolean;
  /** The option whose value is typed. */
  readonly option?: OptionDescription;
  /** What the earlier words give, by option. */
  readonly given?: Readonly<Record<string, string>>;
  /** Options that could still be introduced here. */
  readonly open: readonly OptionDescription[];
}

const PREFIX = '/webhook';
const WORD = /(?:[a-z][\w-]*=)?(?:"[^"]*"?|\S)+/gi;

/** Reads a line as far as the cursor. Nothing when no command can be completed there. */
export function findSpot(line: string, cursor: number, commands: readonly CommandDescription[]): Spot | undefined {
  const before = line.slice(0, cursor);
  const words = [...before.matchAll(WORD)].map(({ 0: text, index }) => ({ text, index }));
  if (before === '' || /\s$/.test(before)) words.push({ text: '', index: cursor });
  const prefixed = words.length > 1 && [PREFIX, PREFIX.slice(1)].includes(words[0]?.text.toLowerCase() ?? '');
  const [name, ...rest] = prefixed ? words.slice(1) : words;
  if (!name) return undefined;

  const current = rest.at(-1);
  if (!current) return { from: name.index, typed: toNamePart(name.text), naming: true, open: [] };
  const command = commands.find((candidate) => candidate.name === name.text.toLowerCase());
  return (
    command &&
    toSpot(
      command,
      rest.slice(0, -1).map(({ text }) => text),
      current,
    )
  );
}

/** What is typed of a command's name, where the prefix may still be on its way. */
function toNamePart(text: string): string {
  return PREFIX.startsWith(text.toLowerCase()) ? '' : text.replace(/^\//, '');
}

function toSpot(
  command: CommandDescription,
  earlier: readonly string[],
  current: { readonly text: string; readonly index: number },
): Spot {
  const { used, awaited, given } = readEarlier(command, earlier);
  const open = command.options.filter(({ name }) => !used.has(name));
  const [, name = '', value = ''] = /^([a-z][\w-]*)=(.*)$/is.exec(current.text) ?? [];
  const named = command.options.find((option) => option.name === name || option.keyword === name);
  const base = { command, naming: false, given };
  if (name && named) {
    return { ...base, from: current.index + name.length + 1, typed: unquote(value), option: named, open: [] };
  }
  const spot = { ...base, from: current.index, typed: unquote(current.text) };
  if (awaited) return { ...spot, option: awaited, open: [] };
  const positional =
    open.find((option) => option.positional) ?? open.find(({ type, complete }) => type === 'pairs' && complete);
  return { ...spot, ...(positional && { option: positional }), open };
}

/** Which options the earlier words have given, and the one whose keyword still waits for its value. */
function readEarlier({ options }: CommandDescription, words: readonly string[]) {
  const used = new Set<string>();
  const values: Record<string, string> = {};
  let awaited: OptionDescription | undefined;
  for (const word of words) {
    const lower = word.toLowerCase();
    const given = /^([a-z][\w-]*)=/i.exec(word)?.[1]?.toLowerCase();
    const introduced = options.find(
      ({ name, keyword, type }) => keyword === lower || (type === 'flag' && name === lower),
    );
    const option =
      awaited ??
      (given ? options.find(({ name, keyword }) => name === given || keyword === given) : introduced) ??
      options.find(({ name, positional }) => positional && !used.has(name));
    if (option) used.add(option.name);
    if (option && option !== introduced) values[option.name] = unquote(given ? word.slice(given.length + 1) : word);
    awaited = !awaited && introduced && introduced.type !== 'flag' ? introduced : undefined;
  }
  return { used, awaited, given: values };
}

function unquote(text: string): string {
  return text.replace(/^"|"$/g, '');
}
