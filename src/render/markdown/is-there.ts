import { isBlank } from '../values/values.ts';
import { isSafeMarkdown, toMarkdown } from './safe-markdown.ts';

/** Whether there is something to say: 0 is there, and nothing, blank text, an empty list and false are not. */
export function isThere(value: unknown): boolean {
  if (isSafeMarkdown(value)) return toMarkdown(value).trim() !== '';
  return value !== false && !isBlank(value);
}
