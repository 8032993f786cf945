import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, parse } from 'node:path';
import type { Sample, SampleStore } from '../core/provider/sample.ts';
import { parseSample } from './sample.ts';

/** A template that came with Bellhop. */
export interface BuiltInTemplate {
  /** Where it stands, such as `templates/github/push.hbs`. */
  readonly name: string;
  readonly source: string;
}

/** The templates and samples that came with Bellhop. Files are listed at start and read when they are first wanted. */
export interface Templates {
  /** The template of an event type, or its provider's `default`. */
  find(provider: string, type: string): BuiltInTemplate | undefined;
  partial(name: string): string | undefined;
  /** The types of a provider that have a template, as their files are named. */
  types(provider: string): readonly string[];
  readonly samples: SampleStore;
}

const PARTIALS = 'partials';

/**
 * Lists `<provider>/<type>.hbs`, `<provider>/<type>.json` and `partials/<name>.hbs` of a folder. Event types are looked up
 * among the names found here, so no type, however hostile, is ever a path.
 */
export async function loadTemplates(folder: string): Promise<Templates> {
  const sources = new Map<string, Map<string, string>>();
  const samples = new Map<string, Map<string, string>>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const { name, ext } = parse(entry.name);
    const kind = ext === '.hbs' ? sources : ext === '.json' ? samples : undefined;
    const group = parse(entry.parentPath).base;
    if (!kind || !entry.isFile() || join(folder, group) !== join(entry.parentPath)) continue;
    kind.set(group, (kind.get(group) ?? new Map<string, string>()).set(name, join(entry.parentPath, entry.name)));
  }

  const read = once((path) => readFileSync(path, 'utf8'));
  const builtIn = (provider: string, name: string): BuiltInTemplate | undefined => {
    const path = provider === PARTIALS ? undefined : sources.get(provider)?.get(name);
    return path === undefined ? undefined : { name: `templates/${provider}/${name}.hbs`, source: read(path) };
  };
  const samplesOf = once((provider): ReadonlyMap<string, Sample> => {
    const files = [...(samples.get(provider) ?? [])].toSorted();
    return new Map(files.map(([type, path]) => [type, parseSample(read(path), { provider, type })]));
  });

  return {
    find: (provider, type) => builtIn(provider, templateName(type)) ?? builtIn(provider, 'default'),
    partial: (name) => {
      const path = sources.get(PARTIALS)?.get(name);
      return path === undefined ? undefined : read(path);
    },
    types: (provider) => (provider === PARTIALS ? [] : [...(sources.get(provider)?.keys() ?? [])].toSorted()),
    samples: { of: (provider) => (samples.has(provider) ? samplesOf(provider) : new Map()) },
  };
}

/** An event type as files are named: `orders/create` is `orders.create`. */
export function templateName(type: string): string {
  return type.replace(/[/:]/g, '.');
}

function once<T>(make: (key: string) => T): (key: string) => T {
  const made = new Map<string, T>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const value = make(key);
    made.set(key, value);
    return value;
  };
}
