import type { CommandAction } from './message.ts';

/** A command that travels in a button. */
export interface TravellingCommand {
  readonly command: string;
  readonly options: Readonly<Record<string, string>>;
  /** Whether the caller must be asked before it runs, on a platform whose buttons cannot ask. */
  readonly ask: boolean;
}

/**
 * A command and its options as one short text: `mute|endpoint=api|for=2h`, with `?` in front when the caller must be
 * asked first. `decodeAction` gives back the same.
 */
export function encodeAction({ command, options }: Pick<CommandAction, 'command' | 'options'>, ask = false): string {
  const pairs = Object.entries(options).map(([name, value]) => `|${escaped(name)}=${escaped(value)}`);
  return `${ask ? '?' : ''}${escaped(command)}${pairs.join('')}`.toWellFormed();
}

/** The command in a text that `encodeAction` made; nothing for any other text. A part without `=` only makes equal buttons different. */
export function decodeAction(text: string): TravellingCommand | undefined {
  const ask = text.startsWith('?');
  const [command = '', ...pairs] = split(ask ? text.slice(1) : text, '|');
  if (command === '') return undefined;
  const named = pairs.map((pair) => split(pair, '=')).filter(({ length }) => length > 1);
  if (named.some(({ length }) => length !== 2)) return undefined;
  return {
    command: plain(command),
    options: Object.fromEntries(named.map(([name = '', value = '']) => [plain(name), plain(value)])),
    ask,
  };
}

function escaped(text: string): string {
  return text.replace(/[\\|=?]/g, '\\$&');
}

function plain(text: string): string {
  return text.replace(/\\([\s\S])/g, '$1');
}

function split(text: string, separator: '|' | '='): readonly string[] {
  const parts: string[] = [];
  let start = 0;
  for (let index = 0; index < text.length; index++) {
    if (text[index] === '\\') index++;
    else if (text[index] === separator) {
      parts.push(text.slice(start, index));
      start = index + 1;
    }
  }
  return [...parts, text.slice(start)];
}
