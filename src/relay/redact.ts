import type { Headers } from '../core/delivery/delivery.ts';

const SENSITIVE =
  /authorization|cookie|token|secret|signature|hmac|digest|passcode|password|passwd|api[-_]?key|access[-_]?key|^key$|^auth$|^sig$|^code$/i;
const REDACTED = '[redacted]';

/** Headers or query parameters as they may be kept: whatever could prove who sent them is replaced. `also` names more, in lower case. */
export function redact<Values extends Headers>(values: Values, also: readonly string[] = []): Values {
  const kept: Record<string, string | readonly string[]> = {};
  for (const name in values) {
    const value = values[name];
    if (value !== undefined) kept[name] = SENSITIVE.test(name) || also.includes(name.toLowerCase()) ? REDACTED : value;
  }
  return kept as Values;
}
