import type { Pen } from './pen.ts';

const TELLING =
  /\[[^[\]\n|]{1,200}\|(?:https?:\/\/|mailto:)[^\]\n]{1,2000}\]|\{(?:code|noformat|quote|panel|color|info|warning|note|tip)(?:[:}])|^h[1-6]\. |^bq\. |\[~[\w:.@-]{1,100}\]|^\|\|.+\|\|\s*$/m;
const BLOCK = /\{(code|noformat|quote)(?::[^}\n]{0,200})?\}([\s\S]{0,20000}?)\{\1\}/g;
const PAIRED = /\{(?:color|panel|info|warning|note|tip|anchor)(?::[^}\n]{0,200})?\}/g;
const MARK =
  /\{\{([^{}\n]{1,500})\}\}|\[([^[\]\n|]{1,300}\|)?((?:https?:\/\/|mailto:)[^\]\s|]{1,2000})(?:\|[^\]\n]{0,100})?\]|\[~(?:accountid:)?([\w:.@-]{1,100})\]|!([^!\s|]{1,200}\.(?:png|jpe?g|gif|svg|webp))(?:\|[^!\n]{0,100})?!|(?<![\w*])\*(?=[^\s*])([^*\n]{1,400}?)(?<=[^\s*])\*(?![\w*])|(?<![\w_])_(?=[^\s_])([^_\n]{1,400}?)(?<=[^\s_])_(?![\w_])|(?<![\w+])\+(?=[^\s+])([^+\n]{1,400}?)(?<=[^\s+])\+(?![\w+])/g;

/** Whether a text holds what only Jira and Confluence write. */
export function holdsWiki(text: string): boolean {
  return TELLING.test(text);
}

/** The markup of Jira's older editor in another form. */
export function readWiki(text: string, pen: Pen): string {
  let written = '';
  let end = 0;
  for (const match of text.matchAll(BLOCK)) {
    const [whole, kind, inner = ''] = match;
    written += readLines(text.slice(end, match.index), pen);
    written += kind === 'quote' ? pen.quote(readLines(inner, pen)) : pen.block(inner);
    end = match.index + whole.length;
  }
  return (written + readLines(text.slice(end), pen)).replace(/\n{3,}/g, '\n\n').trim();
}

function readLines(text: string, pen: Pen): string {
  return text
    .replace(PAIRED, '')
    .split(/\r?\n/)
    .map((line) => readLine(line, pen))
    .join('\n')
    .replace(/\n\n(?=- |• )/g, '\n');
}

function readLine(line: string, pen: Pen): string {
  const heading = /^h[1-6]\. +(.*)$/.exec(line)?.[1];
  if (heading !== undefined) return pen.heading(readMarks(heading, pen)).trim();
  const quote = /^bq\. +(.*)$/.exec(line)?.[1];
  if (quote !== undefined) return pen.quote(readMarks(quote, pen)).trim();
  const item = /^\s*(?:[*#-]{1,4}) +(.*)$/.exec(line)?.[1];
  if (item !== undefined) return pen.item(readMarks(item, pen)).trim();
  const cells = /^\|{1,2}(.+?)\|{1,2}\s*$/.exec(line)?.[1];
  return readMarks(
    cells === undefined
      ? line
      : cells
          .split(/\|{1,2}/)
          .map((cell) => cell.trim())
          .join(' · '),
    pen,
  );
}

function readMarks(text: string, pen: Pen): string {
  let written = '';
  let end = 0;
  for (const match of text.matchAll(MARK)) {
    const [whole, code, label, url, user, picture, bold, slanted, inserted] = match;
    written += pen.text(text.slice(end, match.index));
    if (code !== undefined) written += pen.code(code);
    else if (url !== undefined) written += pen.link(pen.text(label?.slice(0, -1) ?? url), url);
    else if (user !== undefined) written += pen.text(`@${user}`);
    else if (picture !== undefined) written += pen.text(picture);
    else if (bold !== undefined) written += pen.strong(pen.text(bold));
    else if (slanted !== undefined) written += pen.emphasis(pen.text(slanted));
    else written += pen.text(inserted ?? '');
    end = match.index + whole.length;
  }
  return written + pen.text(text.slice(end));
}
