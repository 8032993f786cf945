const FENCE = /^ {0,3}(`{3,}|~{3,})[^\n]*$/gm;
const MARKS = /`+/g;

type Change = (text: string) => string;

/** Changes what is no code in a Markdown text. Code blocks and code within lines stay as they are. */
export function outsideCode(markdown: string, change: Change): string {
  let said = '';
  let position = 0;
  FENCE.lastIndex = 0;
  for (let open = FENCE.exec(markdown); open; open = FENCE.exec(markdown)) {
    const mark = open[1] ?? '```';
    const start = open.index;
    let end = markdown.length;
    for (let close = FENCE.exec(markdown); close; close = FENCE.exec(markdown)) {
      if (close[0].trim() !== close[1] || !close[1].startsWith(mark)) continue;
      end = close.index + close[0].length;
      break;
    }
    said += outsideSpans(markdown.slice(position, start), change) + markdown.slice(start, end);
    position = end;
    FENCE.lastIndex = end;
  }
  return said + outsideSpans(markdown.slice(position), change);
}

function outsideSpans(text: string, change: Change): string {
  if (!text.includes('`')) return change(text);
  const marks = [...text.matchAll(MARKS)];
  const partners = partnersOf(marks);
  let said = '';
  let position = 0;
  for (const [index, { index: start }] of marks.entries()) {
    const partner = partners[index];
    const closing = partner === undefined ? undefined : marks[partner];
    if (start < position || !closing || text[start - 1] === '\\') continue;
    const end = closing.index + closing[0].length;
    // A paragraph's end also ends the search for what closes.
    if (/\n[ \t]*\n/.test(text.slice(start, end))) continue;
    said += change(text.slice(position, start)) + text.slice(start, end);
    position = end;
  }
  return said + change(text.slice(position));
}

/** For each run of marks the next one of the same length. */
function partnersOf(marks: readonly RegExpExecArray[]): readonly (number | undefined)[] {
  const next = new Map<number, number>();
  const partners: (number | undefined)[] = [];
  for (let index = marks.length - 1; index >= 0; index--) {
    const length = marks[index]?.[0].length ?? 0;
    partners[index] = next.get(length);
    next.set(length, index);
  }
  return partners;
}
