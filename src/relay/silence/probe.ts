import { randomBytes } from 'node:crypto';
import type { Delivery } from '../../core/delivery/delivery.ts';
import { AppError } from '../../core/errors.ts';
import type { Relay } from '../../core/event/relay.ts';
import type { Answer } from '../../core/provider/handshake.ts';

/** Whether a URL of ours leads here, as its senders see it. */
export type ProbeResult = { readonly ok: true } | { readonly ok: false; readonly reason: string };

export interface Probe {
  /** Sends a request to a URL of ours that leaves no trace where it arrives. */
  reach(url: string): Promise<ProbeResult>;
  /** The answer to such a request; nothing for any other. */
  answer(delivery: Pick<Delivery, 'headers'>): Answer | undefined;
}

const HEADER = 'x-bellhop-probe';

/** A request of our own is known by a word that nobody else has, and that counts once. */
export function createProbe(deliver: Relay['deliver']): Probe {
  const sent = new Set<string>();
  return {
    async reach(url) {
      const word = randomBytes(16).toString('hex');
      sent.add(word);
      try {
        const { status } = await deliver({ url, method: 'POST', headers: { [HEADER]: word }, body: Buffer.alloc(0) });
        if (!sent.has(word) && status === 204) return { ok: true };
        return { ok: false, reason: `something else answers there, with ${status}` };
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        return { ok: false, reason: error.message.replace(/\.$/, '') };
      } finally {
        sent.delete(word);
      }
    },
    answer({ headers }) {
      const word = headers[HEADER];
      return typeof word === 'string' && sent.delete(word) ? { status: 204, headers: {}, body: '' } : undefined;
    },
  };
}
