import { textAt } from '../core/delivery/readers.ts';
import { refused, type Signature } from '../core/provider/signature.ts';
import { parseMoment, whileFresh } from './freshness.ts';

export interface StampedOptions {
  /** The top-level field of a JSON body that holds the time of signing. */
  readonly field: string;
  readonly unit: 'seconds' | 'milliseconds';
  /** Seconds to either side of the receipt. */
  readonly tolerance: number;
}

/** A signature over a body that says when it was signed: what the inner signature accepts must also be fresh. */
export function stamped(inner: Signature, { field, unit, tolerance }: StampedOptions): Signature {
  return {
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
    sign: inner.sign,
    stamp(body, moment) {
      const time = Math.floor(moment.getTime() / (unit === 'seconds' ? 1000 : 1));
      return Buffer.from(body.toString().replace(new RegExp(`("${field}"\\s*:\\s*)\\d+`), `$1${time}`));
    },
  };
}
