/** Characters on one page: what every chat shows whole in one block of code. */
const PAGE = 2_500;

/** Pages end at the end of a line, unless that leaves a page half empty: one line may be longer than a page. */
export function toCodePages(text: string): readonly string[] {
  const pages: string[] = [];
  for (let start = 0; start < text.length; ) {
    const end = text.length - start <= PAGE ? text.length : text.lastIndexOf('\n', start + PAGE);
    const stop = end > start + PAGE / 2 ? end : Math.min(text.length, start + PAGE);
    pages.push(text.slice(start, stop).toWellFormed());
    start = text[stop] === '\n' ? stop + 1 : stop;
  }
  return pages.length ? pages : [''];
}

/** A fence longer than any run of backticks within. */
export function fence(text: string, language = ''): string {
  const longest = Math.max(2, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
  const marks = '`'.repeat(longest + 1);
  return `${marks}${language}\n${text}\n${marks}`;
}
