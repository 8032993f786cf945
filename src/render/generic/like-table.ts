import { escapeMarkdown, type Markdown } from '../../core/message/message.ts';
import { cutWords } from '../../core/text/cut-text.ts';
import type { LikeThing, LikeThings } from '../../reading/like/like-things.ts';
import type { Scalar } from '../../reading/payload/scalar.ts';
import { toPlainTerm } from '../../reading/words.ts';
import { factValue, figureText } from './fact-value.ts';

const ROWS = 8;
const BULLETS = 5;
const CELL = 60;
const LINE = 140;

/** Like things as a table of what differs, or as a list where only one thing does; the most severe first where not all have room. */
export function likeTable(things: LikeThings): Markdown {
  const { columns, count } = things;
  // Where they differ in nothing that people read, how many there are says it all.
  if (columns.length === 0) return '';
  const limit = columns.length > 1 ? ROWS : BULLETS;
  const rows = byGravity(things, limit);
  const more =
    count > rows.length ? `\n\n${escapeMarkdown(`+ ${(count - rows.length).toLocaleString('en-US')} more`)}` : '';
  if (columns.length === 1) return rows.map((row) => `- ${cellOf(row, row.cells[0], 0, LINE)}`).join('\n') + more;
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const numeric = columns.map((_, column) =>
    rows.every(({ cells }) => cells[column] === undefined || typeof cells[column] === 'number'),
  );
  return (
    [
      line(columns.map(({ label }) => escapeMarkdown(label))),
      line(numeric.map((right) => (right ? '---:' : '---'))),
      ...rows.map((row) =>
        line(row.cells.map((cell, column) => cellOf(row, cell, column, CELL, columns[column]?.name))),
      ),
    ].join('\n') + more
  );
}

function byGravity({ rows }: LikeThings, limit: number): readonly LikeThing[] {
  if (rows.length <= limit) return rows;
  const order = { critical: 0, warning: 1, info: 2, good: 3 } as const;
  return rows.toSorted((a, b) => order[a.severity ?? 'info'] - order[b.severity ?? 'info']).slice(0, limit);
}

function cellOf({ url }: LikeThing, value: Scalar | undefined, column: number, limit: number, name = ''): Markdown {
  const own = name.slice(name.lastIndexOf('.') + 1);
  const measured =
    value === undefined || column === 0
      ? undefined
      : factValue({ name: own, label: '', value, rank: 0, inMilliseconds: false });
  const text = escapeMarkdown(cutWords(measured?.text ?? textOf(own, value), limit));
  return column === 0 && url && text ? `[${text}](<${url.replace(/[<>|\\]/g, encodeURIComponent)}>)` : text;
}

function textOf(name: string, value: Scalar | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'number' || typeof value === 'bigint') return figureText(name, value);
  return (toPlainTerm(typeof value === 'string' ? value.slice(0, 300) : value) ?? '').replace(/\s+/g, ' ');
}
