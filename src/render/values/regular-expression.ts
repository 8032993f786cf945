import { RE2JS } from 're2js';

/** Characters of a pattern, instructions it may become, characters it is tried on, and those put in place of what it finds. */
const PATTERN = 300;
const PROGRAM = 200;
const TEXT = 2_000;
const REPLACEMENT = 200;
const KEPT = 200;
/** What one step of a pattern on one character costs, beside looking at a character. */
const STEP = 10;

/** Counts work that is about to be done. */
type Spend = (characters: number) => void;

const compiled = new Map<string, RE2JS | undefined>();

/** What a pattern finds first in a text, by the number of the group; nothing where it finds nothing or is not a pattern. */
export function findFirst(
  text: string,
  { pattern, group, spend }: { readonly pattern: string; readonly group: number | undefined; readonly spend: Spend },
): string | undefined {
  const matcher = compile(pattern)?.matcher(text.slice(0, TEXT));
  if (!matcher) return undefined;
  spend(Math.min(text.length, TEXT) * matcher.programSize() * STEP);
  if (!matcher.find()) return undefined;
  const wanted = group ?? Math.min(1, matcher.groupCount());
  return wanted <= matcher.groupCount() ? (matcher.group(wanted) ?? undefined) : undefined;
}

/** A text with something else in place of all that a pattern finds; `$1` in it is what the first group found. */
export function replaceFound(
  text: string,
  { pattern, by, spend }: { readonly pattern: string; readonly by: string; readonly spend: Spend },
): string {
  const matcher = compile(pattern)?.matcher(text.slice(0, TEXT));
  if (!matcher) return text;
  spend(Math.min(text.length, TEXT) * matcher.programSize() * STEP);
  return matcher.replaceAll(by.slice(0, REPLACEMENT)) + text.slice(TEXT);
}

/** In the syntax of RE2, whose time grows with the text alone, whatever the pattern. */
function compile(pattern: string): RE2JS | undefined {
  if (compiled.has(pattern)) return compiled.get(pattern);
  if (compiled.size >= KEPT) compiled.clear();
  const expression = pattern.length > PATTERN ? undefined : tryCompile(pattern);
  compiled.set(pattern, expression);
  return expression;
}

function tryCompile(pattern: string): RE2JS | undefined {
  try {
    const expression = RE2JS.compile(pattern);
    return expression.matcher('').programSize() > PROGRAM ? undefined : expression;
  } catch {
    // Patterns come from templates and payloads; an invalid one finds nothing.
    return undefined;
  }
}
