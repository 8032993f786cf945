import type { CommandDescription } from '../api/shapes.ts';
import type { Spot } from './find-spot.ts';

export interface Suggestion {
  /** What is written into the line. */
  readonly insert: string;
  readonly label: string;
  readonly hint: string;
}

/** What could stand at a spot as far as the page knows by itself: command names, option names, choices. */
export function suggest(spot: Spot, commands: readonly CommandDescription[]): readonly Suggestion[] {
  const typed = spot.typed.toLowerCase();
  if (spot.naming) {
    const rank = ({ name }: CommandDescription) => (name.startsWith(typed) ? 0 : 1);
    return commands
      .filter(({ name }) => name.includes(typed))
      .toSorted((a, b) => rank(a) - rank(b))
      .map(({ name, summary }) => ({ insert: `/webhook ${name} `, label: name, hint: summary }));
  }
  const choices = (spot.option?.choices || [])
    .filter((choice) => choice.toLowerCase().startsWith(typed))
    .map((choice) => toValue(choice, choice, spot.option?.description ?? ''));
  const introductions = spot.open
    .filter(({ positional, type }) => !positional && type !== 'pairs')
    .map(({ name, keyword, type, description }) => {
      const insert = type === 'flag' ? `${name} ` : keyword ? `${keyword} ` : `${name}=`;
      return { insert, label: insert.trim(), hint: description };
    })
    .filter(({ label }) => label.startsWith(typed));
  return [...choices, ...introductions];
}

/** A value as it is typed: in quotes where it has spaces. */
export function toValue(value: string, label: string, hint: string): Suggestion {
  const text = /[\s"\\]/.test(value) ? `"${value.replace(/["\\]/g, '\\$&')}"` : value;
  return { insert: `${text} `, label, hint: hint === label ? '' : hint };
}

/** Writes a suggestion over what is typed at a spot. */
export function accept(
  line: string,
  cursor: number,
  spot: Spot,
  { insert }: Suggestion,
): { readonly line: string; readonly cursor: number } {
  const start = spot.naming ? '' : line.slice(0, spot.from);
  return { line: start + insert + line.slice(cursor).trimStart(), cursor: start.length + insert.length };
}
