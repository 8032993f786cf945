import { escapeMarkdown } from '../../core/message/message.ts';
import { LIMITS } from '../values/limits.ts';
import { toText } from '../values/text.ts';
import { isSafeMarkdown, type SafeMarkdown, safeMarkdown, toMarkdown } from './safe-markdown.ts';

/**
 * Values in a row with something between them: Markdown when one of them is safe Markdown, else text. Ends soon after the
 * longest text a template may make, which its meter then refuses.
 */
export function joinValues(values: readonly unknown[], between: unknown): string | SafeMarkdown {
  const marked = values.some(isSafeMarkdown);
  const separator = marked ? escapeMarkdown(toText(between)) : toText(between);
  let text = '';
  for (const [index, value] of values.entries()) {
    if (text.length > LIMITS.output) break;
    text += (index ? separator : '') + (marked ? toMarkdown(value) : toText(value));
  }
  return marked ? safeMarkdown(text) : text;
}
