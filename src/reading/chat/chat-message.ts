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
}

/** What reads a chat's format; nothing for a payload that is not written in it. */
export type ReadChat = (payload: Readonly<Record<string, unknown>>) => ChatMessage | undefined;

const LIST_LIMIT = 30;

export function textOf(value: unknown): string {
  return isScalar(value) ? scalarText(value).trim() : '';
}

export function said(value: unknown, flavour?: Flavour): readonly Said[] {
  const text = textOf(value);
  return text === '' ? [] : [{ text, ...(flavour && { flavour }) }];
}

/** The objects of a list. */
export function objectsOf(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  if (!Array.isArray(value)) return [];
  return value.slice(0, LIST_LIMIT).filter((item) => typeof item === 'object' && item !== null && !Array.isArray(item));
}

/** The first of several values that is an address. */
export function firstUrl(...values: readonly unknown[]): string | undefined {
  return values.find((value): value is string => typeof value === 'string' && /^https?:\/\//i.test(value));
}
