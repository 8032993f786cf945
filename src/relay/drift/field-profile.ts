import { type Kind, kindOf } from '../../core/text/value-diff.ts';
import type { UsedFields } from './used-fields.ts';

/** How one field is of late: of what kind, and whether that ever was otherwise. */
interface Known {
  readonly path: string;
  readonly names: readonly string[];
  readonly uses: readonly string[];
  kind: Kind | undefined;
  /** Whether it was missing before, or of another kind: then it says nothing that it is so again. */
  varies: boolean;
}

/** A field that is not as it always was. */
export interface Odd {
  readonly path: string;
  readonly uses: readonly string[];
  readonly was: Kind | undefined;
  /** What it is now; nothing where it is missing. */
  readonly is: Kind | undefined;
}

/** What the fields of one kind of event are like that something uses. */
export interface FieldProfile {
  /** How many events it has seen. */
  readonly seen: number;
  /** The fields that are not as they were in every event before. Of those in an object that is missing, only the object. */
  odd(payload: unknown): readonly Odd[];
  /** Takes an event as one of those to come. */
  learn(payload: unknown): void;
  /** Watches a field no longer: it was said of it what there is to say. */
  forget(path: string): void;
}

export function createFieldProfile(uses: UsedFields): FieldProfile {
  const fields: readonly Known[] = Array.from(uses, ([path, names]) => ({
    path,
    names: path.split('.'),
    uses: names,
    kind: undefined,
    varies: false,
  }));
  let seen = 0;

  return {
    get seen() {
      return seen;
    },
    odd(payload) {
      const found: Odd[] = [];
      for (const { path, names, uses: by, kind, varies } of fields) {
        if (varies || kind === undefined) continue;
        const is = look(payload, names);
        if (is === 'unknown' || is === 'nothing' || is === kind) continue;
        if (found.some((odd) => path.startsWith(`${odd.path}.`))) continue;
        found.push({ path, uses: by, was: kind, is: is === 'missing' ? undefined : is });
      }
      return found;
    },
    learn(payload) {
      seen++;
      for (const field of fields) {
        if (field.varies) continue;
        const is = look(payload, field.names);
        if (is === 'missing') field.varies = true;
        else if (is !== 'unknown' && is !== 'nothing') {
          if (field.kind !== undefined && field.kind !== is) field.varies = true;
          field.kind = is;
        }
      }
    },
    forget(path) {
      for (const field of fields) if (field.path === path || field.path.startsWith(`${path}.`)) field.varies = true;
    },
  };
}

/**
 * What stands at a place. Nothing there, said in so many words, is as good as anything: senders write `null` for what a thing
 * has not. In a list, and where something on the way is not an object, it cannot be said.
 */
function look(payload: unknown, names: readonly string[]): Kind | 'missing' | 'unknown' {
  let value = payload;
  for (const name of names) {
    if (value === null || value === undefined) return 'nothing';
    if (typeof value !== 'object' || Array.isArray(value)) return 'unknown';
    if (!Object.hasOwn(value, name)) return 'missing';
    value = (value as Readonly<Record<string, unknown>>)[name];
  }
  return kindOf(value);
}
