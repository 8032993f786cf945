import type { Headers } from '../core/delivery/delivery.ts';
import type { SecretMask } from '../core/settings/secret-mask.ts';
import { isCredentialName, REDACTED } from '../core/text/credential.ts';

export interface Redaction {
  readonly mask: SecretMask;
  /** Names in lower case that hold a secret though they do not sound like it. */
  readonly also?: readonly string[];
}

/** Headers or query parameters as they may be kept: without what could prove who sent them, and without our own secrets. */
export function redact<Values extends Headers>(values: Values, { mask, also = [] }: Redaction): Values {
  const kept: Record<string, string | readonly string[]> = {};
  for (const name in values) {
    const value = values[name];
    if (value === undefined) continue;
    const isSecret = isCredentialName(name) || also.includes(name.toLowerCase());
    kept[mask.text(name)] = isSecret ? REDACTED : typeof value === 'string' ? mask.text(value) : value.map(mask.text);
  }
  return kept as Values; // What is replaced keeps its place and stays text.
}
