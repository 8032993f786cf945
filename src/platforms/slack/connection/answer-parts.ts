/** An answer as it came; nothing where it is not JSON. */
export function parseAnswer(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A text inside an answer by its path. */
export function textOf(value: unknown, ...path: readonly string[]): string | undefined {
  const found = partOf(value, ...path);
  return typeof found === 'string' && found !== '' ? found : undefined;
}

/** Anything inside an answer by its path. */
export function partOf(value: unknown, ...path: readonly string[]): unknown {
  let part = value;
  for (const name of path) {
    if (typeof part !== 'object' || part === null || !Object.hasOwn(part, name)) return undefined;
    part = (part as Record<string, unknown>)[name];
  }
  return part;
}

/** A list inside an answer by its path; empty when there is none. */
export function listOf(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const found = partOf(value, ...path);
  return Array.isArray(found) ? found : [];
}
