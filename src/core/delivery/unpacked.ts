import type { Delivery } from './delivery.ts';

/** A delivery with what was packed in it as its body. Its headers say the kind of the packing, which is gone. */
export function unpacked(delivery: Delivery, body: Buffer): Delivery {
  const { 'content-type': _, ...headers } = delivery.headers;
  return { ...delivery, headers, body };
}
