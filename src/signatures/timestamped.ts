import type { Signature } from '../core/provider/signature.ts';
import type { Carrier } from './carriers/carrier.ts';
import { inFields } from './carriers/in-fields.ts';
import { type InHeadersOptions, inHeaders } from './carriers/in-headers.ts';
import type { DigestForm } from './digest.ts';
import type { TimeUnit } from './freshness.ts';
import type { KeyForm } from './keys/secret-keys.ts';
import { mac } from './mac.ts';
import { body, type Part, time as timePart } from './text/parts.ts';

export interface TimestampedOptions extends Partial<DigestForm>, Omit<InHeadersOptions, 'header'> {
  /** In lower case. */
  readonly header: string;
  /**
   * Where the time stands: in the header itself, as `t=…,v1=…` with the names of the two fields and what parts them, or in
   * a header of its own.
   */
  readonly time:
    | { readonly field: string; readonly signature: string; readonly separator?: ',' | ';' | '&' | ' ' }
    | { readonly header: string };
  /** Seconds when left out. */
  readonly unit?: TimeUnit;
  /** What stands between time and body in the signed text, where nothing else is signed. */
  readonly separator?: string;
  /** What is signed, in order, where it is more than time, separator and body. */
  readonly signed?: readonly Part[];
  /** Seconds to either side of the receipt. */
  readonly tolerance?: number;
  readonly key?: KeyForm;
}

/** No window is documented, so that a sender may try again for a day under the time of its first attempt. */
export const A_DAY = 86_400;

/** A keyed hash over the time of signing and the raw body. */
export function timestamped({
  header,
  time,
  unit = 'seconds',
  separator = '',
  signed = [timePart, separator, body],
  tolerance = 300,
  algorithm,
  encoding,
  key,
  ...carrying
}: TimestampedOptions): Signature {
  const inHeader = 'header' in time;
  const carrier: Carrier = inHeader
    ? inHeaders({ header, ...carrying })
    : inFields({
        header,
        time: time.field,
        signature: time.signature,
        ...(time.separator && { separator: time.separator }),
      });
  return mac({
    carrier,
    signed,
    time: { in: inHeader ? { header: time.header } : 'signature', unit, tolerance },
    ...(algorithm && { algorithm }),
    ...(encoding && { encoding }),
    ...(key && { key }),
  });
}
