/** The parts that are there, with a separator between them; nothing where none is. */
export function joined(separator: string, ...parts: readonly (string | undefined)[]): string | undefined {
  return parts.filter(Boolean).join(separator) || undefined;
}

/** The name of the first field of a payload, besides those that every payload of its sender has: it names the event. */
export function firstKey(payload: unknown, others: readonly string[] = []): string | undefined {
  if (typeof payload !== 'object' || payload === null) return undefined;
  return Object.keys(payload).find((name) => !others.includes(name) && !/_id$|_at$/.test(name));
}
