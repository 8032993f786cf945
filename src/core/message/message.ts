import { type Line, oneLine } from '../text/clean-text.ts';
import type { Density, NotifyLevel } from './density.ts';
import { type Mark, toMark } from './mark.ts';
import { type WebUrl, webUrl } from './safe-link.ts';
import type { Severity } from './severity.ts';
import type { TimeStyle } from './tree.ts';

/** CommonMark with tables, strikethrough and task lists. What comes from a payload has been escaped by whoever wrote it in. */
export type Markdown = string;

/** What a message is made of. Everything but `body` and field values is plain text, and may come from outside as it is. */
export interface MessageParts {
  readonly severity: Severity;
  /** How the thing stands; as its severity says when absent. */
  readonly mark?: Mark;
  /** The first line, without its mark. */
  readonly title?: { readonly text: string; readonly url?: string };
  readonly body: Markdown;
  readonly fields: readonly Field[];
  /** Who did it. */
  readonly author?: { readonly name: string; readonly url?: string; readonly icon?: string };
  /** The context line at the foot: where it came from. */
  readonly footer?: string;
  readonly image?: { readonly url: string; readonly alt: string };
  /** ISO 8601. */
  readonly occurredAt?: string;
  readonly actions: readonly Action[];
  readonly mentions: readonly Mention[];
  /** The button to the rest, shown where a platform had to cut. */
  readonly more?: CommandAction;
  /** The button that leads to the menu's actions, on a platform whose menus need a row of their own. */
  readonly menu?: CommandAction;
  /** How much of it is shown; everything when absent. */
  readonly density?: Density;
  /** The template that made it, in words; absent where none did. */
  readonly template?: string;
  /** Whether its first line must reach a phone; where it is important when absent. */
  readonly notify?: NotifyLevel;
  /** Whether what it is about is over, so that a place of its own may be closed. */
  readonly over?: true;
  /** What it is filed under, on a platform that has tags for messages. */
  readonly filing?: Filing;
}

/** How grave the thing is that a message is about, and how it stands. */
export interface Filing {
  readonly severity: Severity;
  readonly state?: string;
  readonly phase?: 'open' | 'over';
}

/**
 * Text, title, fields, buttons before any platform has had its say, and clean: names and titles are one line without
 * control characters, links are web addresses. Only `toMessage` makes one, so platforms need only fit and write it.
 */
export interface Message extends MessageParts {
  readonly mark: Mark;
  readonly title?: { readonly text: Line; readonly url?: WebUrl };
  readonly fields: readonly CleanField[];
  readonly author?: { readonly name: Line; readonly url?: WebUrl; readonly icon?: WebUrl };
  readonly footer?: Line;
  readonly image?: { readonly url: WebUrl; readonly alt: Line };
  readonly actions: readonly CleanAction[];
  readonly mentions: readonly CleanMention[];
  readonly more?: CleanCommandAction;
  readonly menu?: CleanCommandAction;
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
  /** Whether it may be tucked away in a menu. */
  readonly tucked?: boolean;
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

export type CleanField = Field & { readonly name: Line };
export type CleanAction = CleanLinkAction | CleanCommandAction;
export type CleanLinkAction = LinkAction & { readonly label: Line; readonly url: WebUrl };
export type CleanCommandAction = CommandAction & { readonly label: Line };
export type CleanMention = Mention & { readonly name: Line };

/** Makes a message of what is given, and cleans it: a link that may not be followed is left out, and so is a name without text. */
export function toMessage(parts: Partial<MessageParts>): Message {
  const { severity = 'info', mark, body = '', fields = [], actions = [], mentions = [], more, menu } = parts;
  const [title, author, image] = [toTitle(parts.title), toAuthor(parts.author), toImage(parts.image)];
  const [footer, occurredAt] = [oneLine(parts.footer ?? ''), toIso(parts.occurredAt)];
  return {
    severity,
    mark: mark ?? toMark({ severity }),
    ...(title && { title }),
    body,
    fields: fields.map((field) => ({ ...field, name: oneLine(field.name) })),
    ...(author && { author }),
    ...(footer && { footer }),
    ...(image && { image }),
    ...(occurredAt && { occurredAt }),
    actions: actions.flatMap((action) => cleanAction(action) ?? []),
    mentions: mentions.map((mention) => ({ ...mention, name: oneLine(mention.name) })),
    ...(more && { more: cleanCommand(more) }),
    ...(menu && { menu: cleanCommand(menu) }),
    ...(parts.density && { density: parts.density }),
    ...(parts.template && { template: parts.template }),
    ...(parts.notify && { notify: parts.notify }),
    ...(parts.over && { over: true }),
    ...(parts.filing && { filing: parts.filing }),
  };
}

function toTitle(title: MessageParts['title']): Message['title'] {
  const [text, url] = [oneLine(title?.text ?? ''), webUrl(title?.url)];
  return text ? { text, ...(url && { url }) } : undefined;
}

function toAuthor(author: MessageParts['author']): Message['author'] {
  const [name, url, icon] = [oneLine(author?.name ?? ''), webUrl(author?.url), webUrl(author?.icon)];
  return name ? { name, ...(url && { url }), ...(icon && { icon }) } : undefined;
}

function toImage(image: MessageParts['image']): Message['image'] {
  const url = webUrl(image?.url);
  return url && { url, alt: oneLine(image?.alt ?? '') };
}

/** A button as a message may carry it; nothing for a link that may not be followed. */
export function cleanAction(action: Action): CleanAction | undefined {
  if ('command' in action) return cleanCommand(action);
  const url = webUrl(action.url);
  return url && { ...action, label: oneLine(action.label) || oneLine('Open'), url };
}

export function cleanCommand(action: CommandAction): CleanCommandAction {
  const { confirm } = action;
  return {
    ...action,
    label: oneLine(action.label) || oneLine(action.command) || oneLine('Go'),
    ...(confirm && {
      confirm: { title: oneLine(confirm.title), text: oneLine(confirm.text), yes: oneLine(confirm.yes) },
    }),
  };
}

/** A moment between 1970 and 9999, which every chat can show; nothing for any other text. */
function toIso(text: string | undefined): string | undefined {
  const milliseconds = Date.parse(text ?? '');
  return milliseconds > 0 && milliseconds < Date.UTC(10_000, 0) ? new Date(milliseconds).toISOString() : undefined;
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
