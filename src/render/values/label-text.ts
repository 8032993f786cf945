import { toText } from './text.ts';

/** What an object says under a name, as text; nothing where it has no such name of its own. */
export function labelText(labels: unknown, name: string): string | undefined {
  if (typeof labels !== 'object' || labels === null || !Object.hasOwn(labels, name)) return undefined;
  return toText((labels as Readonly<Record<string, unknown>>)[name]).trim() || undefined;
}
