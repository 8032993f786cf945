const FENCE = /^ {0,3}(`{3,}|~{3,})[^\n]*$/gm;
const MARKS = /`+/g;
/** They stand for a piece of code. No text may hold them: they are noncharacters. */
const [OPEN, CLOSE] = ['\uFDD2', '\uFDD3'];
const STAND_IN = new RegExp(`${OPEN}(\\d{1,6})${CLOSE}`, 'g');
const FOREIGN = new RegExp(`[${OPEN}${CLOSE}]`, 'g');

/** Changes a Markdown text outside of code. Code blocks and inline code stay as they are. */
export function outsideCode(markdown: string, change: (text: string) => string): string {
  if (!/`|~~~/.test(markdown)) return change(markdown);
  const codes: string[] = [];
  const hide = (code: string) => `${OPEN}${codes.push(code) - 1}${CLOSE}`;
  const text = markdown.replace(FOREIGN, '');
  let said = '';
  let position = 0;
  for (const [start, end] of codeBlocks(text)) {
    said += hideSpans(text.slice(position, start), hide) + hide(text.slice(start, end));
    position = end;
  }
  said += hideSpans(text.slice(position), hide);
  return change(said).replace(STAND_IN, (_, index: string) => codes[Number(index)] ?? '');
}

/** Where each block of code begins and ends, one that is never closed at the end of the text. */
function codeBlocks(text: string): readonly (readonly [number, number])[] {
  const blocks: (readonly [number, number])[] = [];
  let open: { readonly mark: string; readonly start: number } | undefined;
  for (const fence of text.matchAll(FENCE)) {
    const mark = fence[1] ?? '';
    if (!open) open = { mark, start: fence.index };
    else if (fence[0].trim() === mark && mark.startsWith(open.mark)) {
      blocks.push([open.start, fence.index + fence[0].length]);
      open = undefined;
    }
  }
  return open ? [...blocks, [open.start, text.length]] : blocks;
}

function hideSpans(text: string, hide: (code: string) => string): string {
  const marks = [...text.matchAll(MARKS)];
  const partners = partnersOf(marks);
  let said = '';
  let position = 0;
  for (const [index, { index: start }] of marks.entries()) {
    const closing = marks[partners[index] ?? -1];
    if (start < position || !closing || text[start - 1] === '\\') continue;
    const end = closing.index + closing[0].length;
    // A paragraph's end also ends the search for what closes.
    if (/\n[ \t]*\n/.test(text.slice(start, end))) continue;
    said += text.slice(position, start) + hide(text.slice(start, end));
    position = end;
  }
  return said + text.slice(position);
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
