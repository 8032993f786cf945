import type { Handshake } from '../core/provider/handshake.ts';

/** A sender that asks by another method than it delivers by whether anybody is there. */
export function present(method: 'HEAD' | 'GET'): Handshake {
  return {
    answer: (delivery) => (delivery.method === method ? { status: 200, headers: {}, body: '' } : undefined),
  };
}

export const presence = present('HEAD');
