import { toJson } from '../../core/delivery/to-json.ts';
import { MASK, maskText } from '../../core/text/mask-secrets.ts';
import { isSecretName } from '../../core/text/secret-name.ts';
import { embeddedJson } from './embedded.ts';
import { pairOf } from './pairs.ts';
import { isObject, isScalar } from './scalar.ts';

/** JSON in a string in JSON in a string: more layers than anybody sends. */
const LAYERS = 4;

/** A payload without the secrets and private numbers in it, by their names and by their shape. What holds none stays as it is. */
export function maskPayload(value: unknown, layers = LAYERS): unknown {
  if (isScalar(value)) return maskScalar(value, layers);
  if (Array.isArray(value)) return value.map((item) => maskPayload(item, layers));
  if (!isObject(value)) return value;
  const [label] = pairOf(value) ?? [];
  const isSecretPair = label !== undefined && isSecretName(label);
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      const isSecret = isSecretName(name) || (isSecretPair && inner !== label);
      return [maskText(name), isSecret && isThere(inner) ? MASK : maskPayload(inner, layers)];
    }),
  );
}

function maskScalar(value: string | number | bigint | boolean, layers: number): unknown {
  if (typeof value !== 'string') return maskText(String(value)) === String(value) ? value : MASK;
  const inner = layers > 0 ? embeddedJson(value) : undefined;
  const masked = inner && toJson(maskPayload(inner, layers - 1));
  return masked === undefined || masked === toJson(inner) ? maskText(value) : masked;
}

/** Whether there is anything to hide: that a secret is missing is not a secret. */
function isThere(value: unknown): boolean {
  return value !== null && value !== undefined && value !== '' && typeof value !== 'boolean';
}
