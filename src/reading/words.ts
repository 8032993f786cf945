import { firstLine, toLine } from '../core/text/line.ts';
import { maskText } from '../core/text/mask-secrets.ts';
import { plainNumber } from '../core/text/plain-number.ts';
import { type Flavour, flavourOf, toPlain } from './markup/markup.ts';
import type { Scalar } from './payload/scalar.ts';

/** As much of a text as is looked at for a line of it. */
const LOOKED_AT = 4_000;
const OPAQUE =
  /^(?:[0-9a-f]{12,}|\{?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{20,}\}?|arn:\S+|projects\/[\w.:-]+(?:\/[\w.-]+){2,}|urn:\S+|gid:\S+|data:\S+|[a-z]{2,8}_(?=[a-z\d]*\d)[a-z\d]{10,}|sha\d+:\S+|(?=\S*\d)(?=\S*\p{L})[\w+/=-]{24,}|[\d:/. -]*|[\p{P}\p{Sk}\p{Sm}\s]*)$/iu;
/** What a sender's own template left unfilled. */
const PLACEHOLDER = /^(?:\*\w+\*|\{\{?[^{}]*\}?\}|\$\{[^{}]*\}|%\w+%|<\w+>|\[\w+\]|__\w+__)$/;
const NOTHING = /^(?:null|none|nil|undefined|unknown|events?|n\/?a|nan|[-–—_.\s]+)$/i;

/** Whether a text says anything to a person: no hash, no number of a machine, no placeholder, not `null`. */
export function isTelling(text: string): boolean {
  return !OPAQUE.test(text) && !PLACEHOLDER.test(text) && !NOTHING.test(text);
}

export function isPlaceholder(text: string): boolean {
  return PLACEHOLDER.test(text.trim()) || NOTHING.test(text.trim());
}

/** The first line of a text as a line of a headline: without markup, without secrets; nothing for addresses and for text without meaning. */
export function headlineOf(value: unknown, limit = 200, flavour?: Flavour): string | undefined {
  if (typeof value !== 'string' || /^\s*https?:\/\/\S+\s*$/.test(value)) return undefined;
  const text = maskText(value.slice(0, LOOKED_AT));
  const line = firstLine(toPlain(text, flavour ?? flavourOf(text)), limit);
  return line && isTelling(line) ? line : undefined;
}

/** A short value as text on one line; nothing for long ones and for those without a letter or digit. */
export function termOf(value: unknown, limit = 80): string | undefined {
  if (typeof value === 'bigint' || (typeof value === 'number' && Number.isFinite(value))) return plainNumber(value);
  if (typeof value !== 'string' || value.length > limit * 2 || !/[\p{L}\p{N}]/u.test(value) || isPlaceholder(value))
    return undefined;
  const term = toLine(maskText(value), 1_000);
  return term && term.length <= limit ? term : undefined;
}

/** A scalar as text. */
export function scalarText(value: Scalar): string {
  return typeof value === 'number' ? plainNumber(value) : String(value);
}

/** `:tada:`, as chats write a picture. */
const EMOJI_NAME = /(?<!\w):[a-z][a-z\d_+-]{1,40}:(?!\w)/g;

/** Letters and digits alone, to see whether one text says what another does. */
export function essence(text: string): string {
  return text
    .toLowerCase()
    .replace(EMOJI_NAME, ' ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Whether a text says another one as whole words. */
export function says(text: string, part: string): boolean {
  const words = essence(part);
  return words !== '' && ` ${essence(text)} `.includes(` ${words} `);
}

const FINITE =
  /\b(?:is|are|was|were|has|have|had|will|can|cannot|can't|could|did|does|do|isn't|hasn't|didn't|doesn't|needs?|must|should|exceeds?|reports?|fails?|went|got|became)\b/i;

/** Whether a text has a verb, and so says by itself what happened. */
export function isSentence(text: string): boolean {
  return FINITE.test(text) || /\p{L}{2,}ed\b|\b(?:down|up|online|offline|broken|done)\b/u.test(text);
}

/** A value as a short text without markup. */
export function toPlainTerm(value: unknown): string | undefined {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'string' && /[<*_`[]/.test(value) ? termOf(toPlain(value.slice(0, 1_000))) : termOf(value);
}
