import { oneLine } from '../text/clean-text.ts';
import { cutText } from '../text/cut-text.ts';
import type { Alignment } from './tree.ts';

const COLUMN_LIMIT = 40;
const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });
const WIDE =
  /^(?:\p{Extended_Pictographic}|[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{20000}-\u{3FFFD}])/u;

interface Cell {
  readonly text: string;
  readonly width: number;
}

/** A table as lines of monospaced text. The first row is the header, underlined, unless the table is continued. Long cells are cut. */
export function toAlignedTable(
  rows: readonly (readonly string[])[],
  columns: readonly Alignment[],
  continued = false,
): string {
  const cells = rows.map((row) => columns.map((_, column) => toCell(row[column] ?? '')));
  const widths = columns.map((_, column) =>
    cells.reduce((widest, row) => Math.max(widest, row[column]?.width ?? 0), 1),
  );
  const lines = cells.map((row) =>
    row
      .map((cell, column) => pad(cell, widths[column] ?? 0, columns[column]))
      .join('  ')
      .trimEnd(),
  );
  if (continued) return lines.join('\n');
  const [header = '', ...body] = lines;
  return [header, widths.map((width) => '─'.repeat(width)).join('  '), ...body].join('\n');
}

function toCell(text: string): Cell {
  // Only so much of a hostile cell is looked at.
  const cut = cutText(oneLine(text.slice(0, 20 * COLUMN_LIMIT)), COLUMN_LIMIT, widthOf);
  return { text: cut, width: widthOf(cut) };
}

function pad({ text, width }: Cell, column: number, alignment: Alignment): string {
  const space = column - width;
  const before = alignment === 'right' ? space : alignment === 'center' ? Math.floor(space / 2) : 0;
  return ' '.repeat(before) + text + ' '.repeat(space - before);
}

/** How many columns a monospaced font gives a text. */
function widthOf(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let width = 0;
  for (const { segment } of graphemes.segment(text)) width += WIDE.test(segment) ? 2 : 1;
  return width;
}
