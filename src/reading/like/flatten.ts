import { holdsSecret } from '../../core/text/mask-secrets.ts';
import { isSecretName } from '../../core/text/secret-name.ts';
import { keysOf } from '../payload/keys.ts';
import { plainName } from '../payload/names.ts';
import { isObject, isScalar, type Scalar, wrappedScalar } from '../payload/scalar.ts';
import { WRAPPERS } from '../vocabulary.ts';

/** An item's values by their names, with the names above before a dot. */
export type Row = ReadonlyMap<string, Scalar>;

/** An item's scalars, and those of its objects under both names. */
export function flatten(item: Readonly<Record<string, unknown>>): Row {
  const row = new Map<string, Scalar>();
  const add = (value: Readonly<Record<string, unknown>>, prefix: string, depth: number) => {
    for (const key of keysOf(value).slice(0, 60)) {
      const inner = value[key];
      const name = prefix + plainName(key);
      if (isSecretName(name) || isSecretName(plainName(key)) || holdsSecret(key)) continue;
      const scalar = isScalar(inner) ? inner : isObject(inner) ? wrappedScalar(inner) : undefined;
      if (scalar !== undefined && scalar !== '') row.set(name, scalar);
      else if (isObject(inner) && depth < 3) add(inner, `${name}.`, WRAPPERS.has(plainName(key)) ? depth : depth + 1);
    }
  };
  add(item, '', 0);
  return row;
}
