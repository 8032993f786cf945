import { nearest } from '../../core/text/nearest.ts';
import type { OpenEvent } from '../../reading/event/open-event.ts';

interface Watched {
  readonly path: string;
  readonly names: readonly string[];
  seen: boolean;
  /** The name that was missing, as deep as any event had the path, and those that stand beside it, with their paths. */
  at: number;
  readonly beside: Map<string, string>;
}

/** Names beside a missing one that are remembered. */
const BESIDE = 500;

/** Watches for fields of payloads: which of them no event has, and what stands in their place. */
export function createFieldWatch(paths: readonly string[]) {
  const watched: readonly Watched[] = paths.map((path) => ({
    path,
    names: path.split('.').slice(1),
    seen: false,
    at: 0,
    beside: new Map(),
  }));

  return {
    see({ incoming }: Pick<OpenEvent, 'incoming'>): void {
      for (const field of watched) if (!field.seen) look(field, incoming.payload);
    },
    missing(): readonly { readonly path: string; readonly meant?: string }[] {
      return watched
        .filter(({ seen }) => !seen)
        .map(({ path, names, at, beside }) => {
          const meant = beside.get(nearest(names[at] ?? '', beside.keys()) ?? '');
          return { path, ...(meant && { meant }) };
        });
    },
  };
}

function look(field: Watched, payload: unknown): void {
  let [value, before] = [payload, 'payload'];
  for (const [index, name] of field.names.entries()) {
    if (typeof value !== 'object' || value === null) return;
    if (!Object.hasOwn(value, name)) {
      if (index < field.at) return;
      if (index > field.at) field.beside.clear();
      field.at = index;
      const rest = field.names
        .slice(index + 1)
        .map((part) => `.${part}`)
        .join('');
      for (const known of Object.keys(value).slice(0, BESIDE))
        if (field.beside.size < BESIDE) field.beside.set(known, `${before}.${known}${rest}`);
      return;
    }
    value = (value as Readonly<Record<string, unknown>>)[name];
    before += `.${name}`;
  }
  field.seen = true;
}
