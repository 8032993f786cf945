import { header, textAt } from '../core/delivery/readers.ts';
import type { Handshake } from '../core/provider/handshake.ts';
import { HANDSHAKE_BYTES } from './harmless.ts';

const SECRET = /^[\x21-\x7e]{6,500}$/;

/** A sender that gives the secret in a header of its first request, and wants it back there. Once: it must not be replaced by whoever asks. */
export function capturedFromHeader(name: string): Handshake {
  const read = header(name);
  return {
    answer(delivery, secrets) {
      const secret = delivery.method === 'POST' && secrets.length === 0 ? read(delivery) : undefined;
      if (!secret || !SECRET.test(secret)) return undefined;
      return { status: 200, headers: { [name]: secret }, body: '', captured: { secret } };
    },
  };
}

/** A sender that gives the secret in the body of its first request. Once: it must not be replaced by whoever asks. */
export function capturedFromBody(field: string): Handshake {
  return {
    answer(delivery, secrets) {
      const { method, body } = delivery;
      if (method !== 'POST' || secrets.length > 0 || body.length > HANDSHAKE_BYTES) return undefined;
      const secret = textAt(delivery.payload, field);
      if (!secret || !SECRET.test(secret)) return undefined;
      return { status: 200, headers: {}, body: '', captured: { secret } };
    },
  };
}
