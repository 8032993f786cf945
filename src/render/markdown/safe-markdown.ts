import { escapeMarkdown, type Markdown } from '../../core/message/message.ts';
import { toText } from '../values/text.ts';

const SAFE: unique symbol = Symbol('safe Markdown');

/** Markdown that a helper has made safe. Its key is a symbol, so no payload can hold one. */
export interface SafeMarkdown {
  readonly [SAFE]: Markdown;
}

export function safeMarkdown(markdown: Markdown): SafeMarkdown {
  return Object.freeze({ [SAFE]: markdown });
}

export function isSafeMarkdown(value: unknown): value is SafeMarkdown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, SAFE);
}

/** A value as Markdown: as it is where a helper has made it safe, else as literal text. */
export function toMarkdown(value: unknown): Markdown {
  return isSafeMarkdown(value) ? value[SAFE] : escapeMarkdown(toText(value));
}
