import type { Headers } from '../core/delivery/delivery.ts';
import type { SecretMask } from '../core/settings/secret-mask.ts';
import { MASK } from '../core/text/mask-secrets.ts';
import { isSecretName } from '../core/text/secret-name.ts';

export interface Redaction {
  readonly mask: SecretMask;
  /** Names in lower case that hold a secret though they do not sound like it. */
  readonly also?: readonly string[];
}

/** Of a header or a parameter these are names of credentials. In a payload they name anything: an issue, a session of training. */
const BARE = new Set('key code session sid digest authentication mfa x-key x-session'.split(' '));

/** Headers or query parameters as they may be kept: without what could prove who sent them, and without our own secrets. */
export function redact<Values extends Headers>(values: Values, { mask, also = [] }: Redaction): Values {
  const kept: Record<string, string | readonly string[]> = {};
  for (const name in values) {
    const value = values[name];
    if (value === undefined) continue;
    const isSecret = isSecretName(name) || BARE.has(name.toLowerCase()) || also.includes(name.toLowerCase());
    kept[mask.text(name)] = isSecret ? MASK : typeof value === 'string' ? mask.text(value) : value.map(mask.text);
  }
  return kept as Values; // What is replaced keeps its place and stays text.
}
