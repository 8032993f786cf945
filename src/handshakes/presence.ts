import type { Handshake } from '../core/provider/handshake.ts';

/** A sender that asks by `HEAD` whether anybody is there. */
export const presence: Handshake = {
  answer: ({ method }) => (method === 'HEAD' ? { status: 200, headers: {}, body: '' } : undefined),
};
