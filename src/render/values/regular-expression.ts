import { RE2JS } from 're2js';

/** Characters of a pattern, instructions it may become, and characters it is tried on: their product is what one call may cost. */
const PATTERN = 300;
const PROGRAM = 1_000;
const TEXT = 4_000;
const KEPT = 200;

const compiled = new Map<string, RE2JS | undefined>();

/** What a pattern finds first in a text, by the number of the group; nothing where it finds nothing or is no pattern. */
export function findFirst(text: string, pattern: string, group: number | undefined): string | undefined {
  const expression = compile(pattern);
  const matcher = expression?.matcher(text.slice(0, TEXT));
  if (!matcher?.find()) return undefined;
  const wanted = group ?? Math.min(1, matcher.groupCount());
  return wanted <= matcher.groupCount() ? (matcher.group(wanted) ?? undefined) : undefined;
}

/** A text with something else in place of all that a pattern finds; `$1` in it is what the first group found. */
export function replaceFound(text: string, pattern: string, by: string): string {
  const expression = compile(pattern);
  if (!expression) return text;
  return expression.matcher(text.slice(0, TEXT)).replaceAll(by.slice(0, TEXT)) + text.slice(TEXT);
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
    // Patterns come from templates and payloads; what is none finds nothing.
    return undefined;
  }
}
