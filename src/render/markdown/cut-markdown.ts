import { CUT_MARK, cutWords } from '../../core/text/cut-text.ts';

/** Characters of a last paragraph in which marks are paired. */
const LOOKED_AT = 4_000;

/** The beginning of a Markdown text, cut at a word, of so many characters and lines at most, and never within a mark. */
export function cutMarkdown(text: string, limit: number, lines: number): string {
  const cut = cutWords(firstLines(text, lines), limit);
  return cut === text ? text : withoutHalfMarks(withoutEmptyItem(withoutOpenLink(cut)));
}

/** A text's first lines that are not blank, and what is between them. */
function firstLines(text: string, count: number): string {
  let end = 0;
  for (let line = 0; line < count; line++) {
    end += /^\s*[^\n]*/.exec(text.slice(end))?.[0].length ?? 0;
    if (end >= text.length) return text;
  }
  const kept = text.slice(0, end).trimEnd();
  // The fence that ends a block of code must stand alone.
  return `${kept}${/(?:^|\n)[ \t]*(?:```|~~~)\S*$/.test(kept) ? '\n' : ''}${CUT_MARK}`;
}

/** A link whose end was cut off would show its inner workings. */
function withoutOpenLink(cut: string): string {
  const open = /!?\[[^\]\n]{0,200}(?:\](?:\([^)\s]{0,300})?)?…$/.exec(cut.slice(-512));
  return open?.[0].includes('](') ? `${cut.slice(0, cut.length - open[0].length).trimEnd()}…` : cut;
}

/** A list would end with a mark and nothing behind it. */
function withoutEmptyItem(cut: string): string {
  return cut.replace(/\s*\n[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]*…$/, '…');
}

interface Opened {
  readonly at: number;
  readonly mark: string;
}

/** Marks that began what was cut off would stand there for nothing. */
function withoutHalfMarks(cut: string): string {
  if ((cut.match(/^[ \t]*(?:```|~~~)/gm)?.length ?? 0) % 2 === 1) return cut;
  const start = Math.max(cut.lastIndexOf('\n\n') + 1, cut.length - LOOKED_AT, 0);
  const last = cut.slice(start);
  const opened = openMarks(last);
  if (opened.length === 0) return cut;
  let kept = last;
  for (const { at, mark } of opened.toSorted((a, b) => b.at - a.at))
    kept = kept.slice(0, at) + kept.slice(at + mark.length);
  return cut.slice(0, start) + kept.replace(/\s+…$/, CUT_MARK);
}

function openMarks(text: string): readonly Opened[] {
  const opened: Opened[] = [];
  const codes: Opened[] = [];
  const marks = /\\[\s\S]|`+|\*+|_+|~~+/g;
  for (let found = marks.exec(text); found; found = marks.exec(text)) {
    const [mark] = found;
    if (mark.startsWith('\\')) continue;
    const end = found.index + mark.length;
    if (mark.startsWith('`')) {
      const close = closeOfCode(text, mark, end);
      if (close === undefined) codes.push({ at: found.index, mark });
      else marks.lastIndex = close;
      continue;
    }
    const [before, behind] = [text[found.index - 1] ?? ' ', text[end] ?? ' '];
    const within = mark.startsWith('_') && /\w/.test(before) && /\w/.test(behind);
    const partner = opened.findLastIndex((open) => open.mark === mark);
    if (within) continue;
    if (partner >= 0 && /\S/.test(before)) opened.splice(partner);
    else if (/\S/.test(behind)) opened.push({ at: found.index, mark });
  }
  return [...opened, ...codes];
}

function closeOfCode(text: string, mark: string, from: number): number | undefined {
  const runs = /`+/g;
  runs.lastIndex = from;
  for (let run = runs.exec(text); run; run = runs.exec(text)) if (run[0] === mark) return run.index + mark.length;
  return undefined;
}
