import { escapeMarkdown, type Markdown } from '../../core/message/message.ts';
import { firstLine } from '../../core/text/line.ts';
import { isThere } from '../markdown/is-there.ts';
import { isSafeMarkdown, toMarkdown } from '../markdown/safe-markdown.ts';
import { toText } from '../values/text.ts';

const LINE = 160;

/** Items as bullets, each on one line, and how many are left out. Begins and ends with a line break of its own. */
export function listMarkdown(items: readonly unknown[], limit: number): Markdown {
  const there = items.filter(isThere);
  const lines = there.slice(0, limit).map((item) => `- ${lineOf(item)}`);
  if (there.length > limit)
    lines.push(`- ${escapeMarkdown(`+ ${(there.length - limit).toLocaleString('en-US')} more`)}`);
  return lines.length > 0 ? `\n${lines.join('\n')}\n` : '';
}

function lineOf(item: unknown): Markdown {
  if (isSafeMarkdown(item))
    return toMarkdown(item)
      .replace(/\s*\n\s*/g, ' ')
      .trim();
  return escapeMarkdown(firstLine(toText(item), LINE) ?? '');
}
