import type { Severity } from '../../core/message/severity.ts';
import type { Flavour } from '../markup/markup.ts';
import { isScalar } from '../payload/scalar.ts';
import { scalarText } from '../words.ts';

/** Text from outside, and how it is marked up where its format says so. */
export interface Said {
  readonly text: string;
  readonly flavour?: Flavour;
}

/** What a message that was written for another chat says, whichever chat that is. */
export interface ChatMessage {
  /** Its texts in the order they are read; the first one is its headline. */
  readonly texts: readonly Said[];
  readonly facts: readonly { readonly name: string; readonly value: Said }[];
  readonly url?: string | undefined;
  readonly severity?: Severity | undefined;
  /** The name it was sent under. */
  readonly sender?: string | undefined;
  readonly occurredAt?: unknown;
  /** Its buttons that lead somewhere. */
  readonly links?: readonly ChatLink[];
  readonly image?: { readonly url: string; readonly alt: string } | undefined;
  /** Whom it is about, where it names somebody besides its sender. */
  readonly author?: { readonly name: string; readonly url?: string } | undefined;
  readonly footer?: string | undefined;
}

export interface ChatLink {
  readonly label: string;
  readonly url: string;
}

type Json = Readonly<Record<string, unknown>>;

/** What reads a chat's format; nothing for a payload that is not written in it. */
export type ReadChat = (payload: Json) => ChatMessage | undefined;

const LIST_LIMIT = 100;

export function textOf(value: unknown): string {
  return isScalar(value) ? scalarText(value).trim() : '';
}

/** A text that only calls people, such as `@everyone`, says nothing where it calls nobody. */
const ONLY_PINGS =
  /^(?:(?:@everyone|@here|@channel|<@[!&]?\w+(?:\|[^>]*)?>|<!(?:channel|here|everyone|subteam\^\w+)(?:\|[^>]*)?>)[\s,:!]*)+$/;

export function said(value: unknown, flavour?: Flavour): readonly Said[] {
  const text = textOf(value);
  return text === '' || ONLY_PINGS.test(text) ? [] : [{ text, ...(flavour && { flavour }) }];
}

/** The objects of a list. */
export function objectsOf(value: unknown): readonly Json[] {
  if (!Array.isArray(value)) return [];
  return value.slice(0, LIST_LIMIT).filter((item) => typeof item === 'object' && item !== null && !Array.isArray(item));
}

/** The first of several values that is an address. */
export function firstUrl(...values: readonly unknown[]): string | undefined {
  return values.find((value): value is string => typeof value === 'string' && /^https?:\/\//i.test(value));
}

/** Buttons that lead to an address, each address once. */
export function linksOf(buttons: readonly { readonly label: unknown; readonly url: unknown }[]): readonly ChatLink[] {
  const found = new Map<string, ChatLink>();
  for (const { label, url: address } of buttons) {
    const url = firstUrl(address);
    if (url && !found.has(url)) found.set(url, { label: textOf(label) || 'Open', url });
  }
  return [...found.values()];
}

/** A picture of the first address among several. */
export function imageOf(
  ...pictures: readonly { readonly url: unknown; readonly alt?: unknown }[]
): ChatMessage['image'] {
  const picture = pictures.find(({ url }) => firstUrl(url));
  const url = firstUrl(picture?.url);
  return url ? { url, alt: textOf(picture?.alt) } : undefined;
}

/** Somebody's name, with an address where there is one. */
export function authorOf(name: unknown, address: unknown): ChatMessage['author'] {
  const [text, url] = [textOf(name), firstUrl(address)];
  return text === '' ? undefined : { name: text, ...(url && { url }) };
}
