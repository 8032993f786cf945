import { diffLines } from 'diff';

/** Texts that are longer, or of which more lines differ, are shown as wholly other: to compare them takes long, and nobody reads it. */
const MOST_LINES = 3_000;
const MOST_EDITS = 400;

export interface DiffOptions {
  /** How many lines that are the same are shown around those that differ. */
  readonly around?: number;
  /** How many lines there are at most. */
  readonly most?: number;
}

/** What differs between two texts, as lines that begin with `-`, `+` or a space; nothing where they are the same. */
export function lineDiff(before: string, after: string, { around = 2, most = 60 }: DiffOptions = {}): string {
  const [old, now] = [withEnd(before), withEnd(after)];
  if (old === now) return '';
  const changes = [old, now].some((text) => linesIn(text) > MOST_LINES)
    ? undefined
    : diffLines(old, now, { maxEditLength: MOST_EDITS });
  const lines = changes
    ? changes.flatMap(({ value, added, removed }) => marked(value, added ? '+' : removed ? '-' : ' '))
    : [...marked(old, '-').slice(0, most), ...marked(now, '+').slice(0, most)];
  const shown = lines.map((_, at) =>
    lines.slice(Math.max(0, at - around), at + around + 1).some((line) => !line.startsWith(' ')),
  );
  const kept = lines.flatMap((line, at) => {
    if (shown[at]) return [line];
    return shown[at + 1] || at === lines.length - 1 ? ['  …'] : [];
  });
  const rest = kept.length - most;
  return [...kept.slice(0, most), ...(rest > 0 ? [`… and ${rest} more lines`] : [])].join('\n');
}

function marked(text: string, mark: string): readonly string[] {
  return text
    .slice(0, -1)
    .split('\n')
    .map((line) => `${mark} ${line}`);
}

function linesIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

function withEnd(text: string): string {
  return text ? `${text.replace(/\r\n?/g, '\n').trimEnd()}\n` : '\n';
}
