import { gunzipSync } from 'node:zlib';
import type { Delivery } from '../../core/delivery/delivery.ts';
import type { Signature } from '../../core/provider/signature.ts';

const SIZE_LIMIT = 5 * 1024 * 1024;

/** The body as it was before it was packed, where a sender packs it without saying so. */
export function unzipped({ body }: Pick<Delivery, 'body'>): Buffer | undefined {
  if (body[0] !== 0x1f || body[1] !== 0x8b) return body;
  try {
    return gunzipSync(body, { maxOutputLength: SIZE_LIMIT });
  } catch {
    // What only begins like a packed body, or unpacks to more than it may, is signed by nobody.
    return undefined;
  }
}

/** A way of signing whose bodies may come packed without a header that says so: what was signed is unpacked once it is verified. */
export function unzipping(signature: Signature): Signature {
  return {
    ...signature,
    async verify(delivery, secrets, context) {
      const verdict = await signature.verify(delivery, secrets, context);
      const inner = verdict.ok ? unzipped(delivery) : undefined;
      return verdict.ok && inner && inner !== delivery.body ? { ...verdict, inner } : verdict;
    },
    unpack(delivery) {
      const inner = unzipped(delivery);
      return inner === delivery.body ? undefined : inner;
    },
  };
}
