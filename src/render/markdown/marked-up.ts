import { type Flavour, toMarkup } from '../../reading/markup/markup.ts';
import { toText } from '../values/text.ts';
import { toCount } from '../values/values.ts';
import { cutMarkdown } from './cut-markdown.ts';
import { isSafeMarkdown, type SafeMarkdown, safeMarkdown } from './safe-markdown.ts';
import { tameMarkdown } from './tame-markdown.ts';

const LIMIT = 300;
const LINES = 5;

/** A text in the markup of its sender as Markdown; with a limit only its beginning: so many characters, and five lines. */
export function markedUp(value: unknown, flavour: Flavour, limit: unknown): SafeMarkdown {
  if (isSafeMarkdown(value)) return value;
  const markdown = toMarkup(toText(value), flavour);
  return safeMarkdown(
    limit === undefined
      ? tameMarkdown(markdown)
      : tameMarkdown(markdown, (said) => cutMarkdown(said, toCount(limit, LIMIT), LINES)),
  );
}
