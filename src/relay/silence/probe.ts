import { randomBytes } from 'node:crypto';
import type { Claims } from '../../core/cluster.ts';
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
  answer(delivery: Pick<Delivery, 'headers'>): Promise<Answer | undefined>;
}

const HEADER = 'x-bellhop-probe';

/** The words of requests that are under way. */
interface Words {
  add(word: string): Promise<unknown>;
  /** Whether a word was there, which it no longer is. */
  take(word: string): Promise<boolean>;
}

/** Longer than a request takes, in milliseconds. */
const UNDER_WAY = 60_000;
const WORD = /^[0-9a-f]{32}$/;

/** A request of our own is known by a word that nobody else has, and that counts once. With several nodes, it may arrive at any. */
export function createProbe(deliver: Relay['deliver'], claims?: Claims): Probe {
  const sent = claims ? toSharedWords(claims) : toWords();
  return {
    async reach(url) {
      const word = randomBytes(16).toString('hex');
      try {
        await sent.add(word);
        const { status } = await deliver({ url, method: 'POST', headers: { [HEADER]: word }, body: Buffer.alloc(0) });
        if (status === 204 && !(await sent.take(word))) return { ok: true };
        return { ok: false, reason: `something else answers there, with ${status}` };
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        return { ok: false, reason: error.message.replace(/\.$/, '') };
      } finally {
        await sent.take(word).catch(() => false);
      }
    },
    async answer({ headers }) {
      const word = headers[HEADER];
      if (typeof word !== 'string' || !WORD.test(word)) return undefined;
      return (await sent.take(word)) ? { status: 204, headers: {}, body: '' } : undefined;
    },
  };
}

function toWords(): Words {
  const words = new Set<string>();
  return { add: async (word) => words.add(word), take: async (word) => words.delete(word) };
}

function toSharedWords(claims: Claims): Words {
  return {
    add: (word) => claims.first(`probe ${word}`, UNDER_WAY),
    take: (word) => claims.take(`probe ${word}`),
  };
}
