import type { Severity } from './severity.ts';
import type { TimeStyle } from './tree.ts';

/** CommonMark with tables, strikethrough and task lists. What comes from a payload has been escaped by whoever wrote it in. */
export type Markdown = string;

/** Text, title, fields, buttons before any platform has had its say. Everything but `body` and field values is plain text. */
export interface Message {
  readonly severity: Severity;
  readonly title?: { readonly text: string; readonly url?: string };
  readonly body: Markdown;
  readonly fields: readonly Field[];
  readonly author?: { readonly name: string; readonly url?: string; readonly icon?: string };
  readonly footer?: string;
  readonly image?: { readonly url: string; readonly alt: string };
  /** ISO 8601. */
  readonly occurredAt?: string;
  readonly actions: readonly Action[];
  readonly mentions: readonly Mention[];
  /** The phone notification: one plain line that makes sense alone. Derived from title and body when absent. */
  readonly summary?: string;
  /** The button to the rest, shown where a platform had to cut. */
  readonly more?: CommandAction;
}

export interface Field {
  readonly name: string;
  /** Inline Markdown. */
  readonly value: Markdown;
  /** Whether it needs a line of its own. */
  readonly wide?: boolean;
}

/** A button. One that runs a command is the same call as typing it, checked for permission when it is clicked. */
export type Action = LinkAction | CommandAction;

export interface LinkAction {
  readonly label: string;
  readonly url: string;
}

export interface CommandAction {
  readonly label: string;
  readonly command: string;
  readonly options: Readonly<Record<string, string>>;
  readonly style?: 'primary' | 'danger';
  /** What to ask before it runs. */
  readonly confirm?: { readonly title: string; readonly text: string; readonly yes: string };
  /** Whether it may be tucked away in a menu. */
  readonly tucked?: boolean;
}

/** A person or group to ping, by each platform's own id. */
export interface Mention {
  readonly name: string;
  readonly ids: Readonly<Record<string, string>>;
}

/** A message with nothing but what is given. */
export function toMessage(parts: Partial<Message>): Message {
  return { severity: 'info', body: '', fields: [], actions: [], mentions: [], ...parts };
}

/**
 * Stand-ins for what Markdown has no word for: `\uFDD0m<index>\uFDD1` is a mention, `\uFDD0t<unix>:<style>\uFDD1` a moment.
 * They are noncharacters, and `escapeMarkdown` removes them from all text, so no payload can write one.
 */
export const SENTINEL = { open: '\uFDD0', close: '\uFDD1' } as const;

/** A moment as Markdown, shown in each reader's own zone. */
export function momentMarkdown(moment: Date, style: TimeStyle = 'datetime'): Markdown {
  return `${SENTINEL.open}t${Math.floor(moment.getTime() / 1000)}:${style}${SENTINEL.close}`;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to remove.
const UNSHOWN = /[\uFDD0-\uFDEF\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\u202A-\u202E\u2066-\u2069]/g;

const SPECIAL = /[\\`*_{}[\]()<>#+\-.!|~&=:"'$^]/g;

/** Text as Markdown that reads as exactly that text: no markup, no HTML, no stand-ins. Line breaks stay line breaks. */
export function escapeMarkdown(text: string): Markdown {
  return stripSentinels(text).replace(SPECIAL, '\\$&').replace(/\r\n?/g, '\n');
}

/**
 * Removes the characters that stand-ins are made of, control characters that no reader should see, and those that turn the
 * direction of writing, with which a text could be shown as another.
 */
export function stripSentinels(text: string): string {
  return text.replace(UNSHOWN, '').toWellFormed();
}
