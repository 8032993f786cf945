import { buffer } from 'node:stream/consumers';
import { styleText } from 'node:util';
import { PREFIX } from '../../core/command/command-text.ts';
import type { Message } from '../../core/message/message.ts';
import { type Span, type SpanLine, toTerminalLines } from '../../core/message/terminal-lines.ts';
import { parseMarkdown } from '../../render/markdown/markdown.ts';

/** What a command line writes to and reads from. */
export interface Streams {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly input?: () => Promise<Buffer>;
  /** Whether the log goes to a terminal that somebody may look at. */
  readonly isWatched?: boolean;
}

export const ofProcess: Required<Streams> = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  input: async () => buffer(process.stdin),
  isWatched: process.stderr.isTTY,
};

export type Terminal = ReturnType<typeof createTerminal>;

/** Prints for the person at the terminal. */
export function createTerminal({ out, err, isWatched = false }: Streams) {
  const show = (lines: readonly SpanLine[]) => out(`${lines.map(toStyled).join('\n')}\n`);
  return {
    isWatched,
    show,
    /** A line of the log. */
    warn: (line: SpanLine) => err(`${toStyled(line)}\n`),
    showMessage: (message: Message) => show(toTerminalLines(message, parseMarkdown).map(asVerbs)),
    print: (line: string) => out(`${forTerminal(line)}\n`),
    complain: (line: string) => err(`${forTerminal(line)}\n`),
  };
}

/** What is typed in a chat as `/webhook list` is typed here as `bellhop list`. */
function asVerbs(line: SpanLine): SpanLine {
  return line.map((span) => ({ ...span, text: span.text.replaceAll(`${PREFIX} `, 'bellhop ') }));
}

/** A line with its styles, where the terminal can show them and nobody asked for none. */
function toStyled(line: SpanLine): string {
  return line
    .map(({ text, style }) => (style ? styleText(STYLES[style], forTerminal(text)) : forTerminal(text)))
    .join('');
}

const STYLES: Readonly<Record<NonNullable<Span['style']>, Parameters<typeof styleText>[0]>> = {
  bold: 'bold',
  italic: 'italic',
  dim: 'dim',
  code: 'cyan',
  link: 'underline',
  failed: ['bold', 'red'],
  warning: ['bold', 'yellow'],
  good: ['bold', 'green'],
  running: ['bold', 'blue'],
  neutral: 'bold',
  info: 'bold',
};

/** What is printed may come from a payload, and must not control the terminal. */
function forTerminal(text: string): string {
  return text.replace(/[^\P{Cc}\n\t]|[\u202A-\u202E\u2066-\u2069]/gu, '');
}
