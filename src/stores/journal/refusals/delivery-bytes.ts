import type { Delivery } from '../../../core/delivery/delivery.ts';

const END_OF_HEAD = 0x0a;

interface Head extends Omit<Delivery, 'body' | 'packed' | 'receivedAt'> {
  readonly receivedAt: number;
  /** How many bytes of what follows are the body; all of it when absent. The rest is the body as it travelled. */
  readonly bodyBytes?: number;
}

/** A delivery as bytes that can be sealed: all of it, with its signature. */
export function toBytes({ body, packed, receivedAt, method, url, headers, query, remoteAddress }: Delivery): Buffer {
  const head: Head = {
    method,
    url,
    headers,
    query,
    remoteAddress,
    receivedAt: receivedAt.getTime(),
    ...(packed && { bodyBytes: body.length }),
  };
  return Buffer.concat([Buffer.from(JSON.stringify(head)), Buffer.of(END_OF_HEAD), body, ...(packed ? [packed] : [])]);
}

export function fromBytes(bytes: Buffer): Delivery {
  const end = bytes.indexOf(END_OF_HEAD);
  // What `toBytes` wrote and the seal vouches for has this shape.
  const { bodyBytes, receivedAt, ...head } = JSON.parse(bytes.toString('utf8', 0, end)) as Head;
  const rest = bytes.subarray(end + 1);
  const at = new Date(receivedAt);
  if (bodyBytes === undefined) return { ...head, receivedAt: at, body: rest };
  return { ...head, receivedAt: at, body: rest.subarray(0, bodyBytes), packed: rest.subarray(bodyBytes) };
}
