import { toJson } from '../../core/delivery/to-json.ts';
import { MASK, maskText } from '../../core/text/mask-secrets.ts';
import { isSecretName } from '../../core/text/secret-name.ts';

const DEPTH_LIMIT = 12;

/** JSON of plain data that stops at a length, so that a huge payload costs no more than what is shown of it. Secrets are masked, by their names and by their shape. */
export function boundedJson(value: unknown, limit: number, indent = 0): string {
  const budget = { left: limit };
  const text = value === undefined ? '' : toJson(prune(value, budget, 0), indent);
  return text.length > limit ? `${text.slice(0, limit)}…` : text;
}

function prune(value: unknown, budget: { left: number }, depth: number): unknown {
  if (typeof value === 'string') {
    const shown = value.slice(0, Math.max(0, budget.left));
    budget.left -= value.length;
    return maskText(shown);
  }
  budget.left -= 4;
  if (typeof value === 'number' || typeof value === 'bigint') return maskText(String(value)) === MASK ? MASK : value;
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (depth >= DEPTH_LIMIT) return '…';
  if (Array.isArray(value)) return within(value, budget).map((item) => prune(item, budget, depth + 1));
  const kept = within(Object.keys(value), budget);
  return Object.fromEntries(
    kept.map((key) => {
      budget.left -= key.length;
      const inner: unknown = Object.getOwnPropertyDescriptor(value, key)?.value;
      return [maskText(key), isSecretName(key) && inner ? MASK : prune(inner, budget, depth + 1)];
    }),
  );
}

function within<T>(items: readonly T[], budget: { readonly left: number }): readonly T[] {
  return items.slice(0, Math.max(1, Math.ceil(budget.left / 4)));
}
