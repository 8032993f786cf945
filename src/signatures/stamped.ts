import { textAt } from '../core/delivery/readers.ts';
import { refused, type Signature } from '../core/provider/signature.ts';
import { formatMoment, parseMoment, type TimeUnit, whileFresh } from './freshness.ts';

export interface StampedOptions {
  /** The field of a JSON body that holds the time of signing, by its path. */
  readonly field: string;
  readonly unit: TimeUnit;
  /** Seconds to either side of the receipt. */
  readonly tolerance: number;
}

/** A signature over a body that says when it was signed: what the inner signature accepts must also be fresh. */
export function stamped(inner: Signature, { field, unit, tolerance }: StampedOptions): Signature {
  const name = field.slice(field.lastIndexOf('.') + 1);
  const written = new RegExp(`("${name}"\\s*:\\s*)(?:\\d+|"[^"]*")`);
  return {
    ...inner,
    async verify(delivery, secrets, context) {
      const verdict = await inner.verify(delivery, secrets, context);
      if (!verdict.ok) return verdict;
      const signedAt = parseMoment(textAt(delivery.payload, field), unit);
      if (!signedAt) return refused(`the body does not say in \`${field}\` when it was signed`);
      return whileFresh(
        { ...verdict, covers: ['time', ...verdict.covers] },
        { signedAt, receivedAt: delivery.receivedAt, tolerance },
      );
    },
    stamp(body, moment) {
      const time = formatMoment(moment, unit);
      const value = unit === 'iso' || unit === 'http' ? JSON.stringify(time) : time;
      return Buffer.from(body.toString().replace(written, `$1${value}`));
    },
  };
}
