import { escapeMarkdown, type Markdown } from '../../core/message/message.ts';
import { cutWords } from '../../core/text/cut-text.ts';
import { numberText } from '../values/number-text.ts';
import { isBlank, ownValue, toLine } from '../values/values.ts';

export interface Column {
  readonly heading: string;
  readonly path: string;
}

const CELL = 60;

/** Items as a table, and how many are left out. An empty column is left out; figures are aligned right. */
export function tableMarkdown(items: readonly unknown[], asked: readonly Column[], limit: number): Markdown {
  const rows = items.slice(0, limit);
  const columns = asked.filter(({ path }) => rows.some((row) => !isBlank(ownValue(row, path))));
  if (columns.length === 0) return '';
  const figures = columns.map(({ path }) => rows.every((row) => typeof (ownValue(row, path) ?? 0) === 'number'));
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const more = items.length - rows.length;
  return [
    '',
    line(columns.map(({ heading }) => cellOf(heading))),
    line(figures.map((right) => (right ? '---:' : '---'))),
    ...rows.map((row) => line(columns.map(({ path }) => cellOf(ownValue(row, path))))),
    ...(more > 0 ? ['', escapeMarkdown(`+ ${more.toLocaleString('en-US')} more`)] : []),
    '',
  ].join('\n');
}

function cellOf(value: unknown): Markdown {
  return escapeMarkdown(typeof value === 'number' ? numberText(value) : cutWords(toLine(value), CELL));
}
