/** A message as somebody sees it in their chat. */
export interface Shown {
  /** Changes when the message does. */
  readonly key: string;
  readonly channel: string;
  readonly text: string;
  /** The labels of its buttons and menu entries. */
  readonly labels: readonly string[];
}

/** One person at a chat, Bellhop behind it: what they can do, and what they see. */
export interface Chat<Message extends Shown = Shown> {
  /** Types a line such as `/webhook mute api for 2h` in `#ops`. */
  type(line: string): Promise<void>;
  /** Types a command without what it needs, and fills in the form that comes, and each that follows. */
  fill(line: string, ...forms: readonly Readonly<Record<string, string>>[]): Promise<void>;
  /** Fills in the form of a command with something that is refused, then mends it; gives back what was said of the mistake. */
  correct(
    line: string,
    values: { readonly wrong: Readonly<Record<string, string>>; readonly right: Readonly<Record<string, string>> },
  ): Promise<string>;
  press(message: Message, label: string): Promise<void>;
  /** Asks of a message why it came, where the chat has a menu for that. */
  explain?(message: Message): Promise<void>;
  /** All that stands before them, oldest first: channels, and what only they were told. */
  seen(): Promise<readonly Message[]>;
}

/** All the words of a message, whatever its shape, without Markdown's escapes. */
export function wordsOf(value: unknown): string {
  return [...stringsIn(value)].join('\n').replaceAll('\\', '').replaceAll('&lt;', '<').replaceAll('&gt;', '>');
}

function* stringsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) yield* stringsIn(part);
}

export { until as eventually } from '../until.ts';
