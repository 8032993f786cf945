/** The lines that differ between two texts, with a line around them, as `diff` marks them; nothing where none does. Its time grows with the texts alone. */
export function diffText(before: string, after: string): string {
  const [old, young] = [linesOf(before), linesOf(after)];
  const shortest = Math.min(old.length, young.length);
  let start = 0;
  while (start < shortest && old[start] === young[start]) start++;
  let end = 0;
  while (end < shortest - start && old.at(-1 - end) === young.at(-1 - end)) end++;
  const [gone, come] = [old.slice(start, old.length - end), young.slice(start, young.length - end)];
  if (gone.length + come.length === 0) return '';
  return [
    ...old.slice(Math.max(0, start - 1), start).map((line) => `  ${line}`),
    ...gone.map((line) => `- ${line}`),
    ...come.map((line) => `+ ${line}`),
    ...old
      .slice(old.length - end)
      .slice(0, 1)
      .map((line) => `  ${line}`),
  ].join('\n');
}

function linesOf(text: string): readonly string[] {
  return text.trimEnd() === '' ? [] : text.trimEnd().split(/\r?\n/);
}
