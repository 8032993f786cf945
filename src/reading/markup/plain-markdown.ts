import { decodeEntities } from '../../core/text/entities.ts';

const STEPS: readonly (readonly [RegExp, string])[] = [
  [/<!--[\s\S]*?-->/g, ''],
  [/^ {0,3}(?:```|~~~).*$/gm, ''],
  [/!?\[([^\]\n]{0,500})\]\(\s*<?[^)\s>]{0,2000}>?(?:\s+"[^"\n]{0,200}")?\s*\)/g, '$1'],
  [/<((?:https?:\/\/|mailto:)[^<>\s]{1,2000})>/g, '$1'],
  [/^ {0,3}#{1,6} +(.*?)(?: +#+)?$/gm, '$1'],
  [/^ {0,3}(?:> ?)+/gm, ''],
  [/^( {0,6})[-*+] (?:\[[ xX]\] )?/gm, '$1• '],
  [/(`{1,3})([^`\n]{1,1000})\1/g, '$2'],
  [/(\*\*|__)(?=\S)([^\n]{1,1000}?)(?<=\S)\1/g, '$2'],
  [/(?<![\w*])\*(?=[^\s*])([^*\n]{1,500}?)(?<=[^\s*])\*(?![\w*])/g, '$1'],
  [/(?<![\w_])_(?=[^\s_])([^_\n]{1,500}?)(?<=[^\s_])_(?![\w_])/g, '$1'],
  [/~~(?=\S)([^~\n]{1,500}?)(?<=\S)~~/g, '$1'],
  [/^ {0,3}(?:-{3,}|\*{3,}|_{3,}) *$/gm, ''],
  [/\\([!-/:-@[-`{-~])/g, '$1'],
  [/\n{3,}/g, '\n\n'],
];

/** The words of Markdown without its marks: labels of links, text of headings, items and quotes. */
export function plainMarkdown(markdown: string): string {
  const words = STEPS.reduce((text, [pattern, instead]) => text.replace(pattern, instead), markdown);
  return decodeEntities(words).trim();
}
