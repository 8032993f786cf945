import { randomBytes } from 'node:crypto';
import type { Arrival } from '../core/settings/address.ts';
import { describeConnectFailure } from '../core/text/connect-failure.ts';

/** Finds out whether an address leads to this very process. */
export interface Probe {
  tryOut(url: string): Promise<Arrival>;
  /** Whether a token on the path of deliveries is one that a probe waits for; notes that it arrived. */
  arrived(token: string): boolean;
}

const TIMEOUT = 5_000;

/**
 * Sends a request with a new token on the path of deliveries, the one path that must be open, and sees whether it comes in
 * here: what another program answers, another Bellhop too, proves nothing.
 */
export function createProbe(): Probe {
  const waiting = new Map<string, boolean>();
  return {
    arrived(token) {
      if (!waiting.has(token)) return false;
      waiting.set(token, true);
      return true;
    },
    async tryOut(url) {
      const token = `probe-${randomBytes(16).toString('hex')}`;
      waiting.set(token, false);
      try {
        const response = await fetch(`${url}/in/${token}`, {
          redirect: 'manual',
          signal: AbortSignal.timeout(TIMEOUT),
          // Without it ngrok shows a page of its own to what looks like a browser.
          headers: { 'user-agent': 'Bellhop', 'ngrok-skip-browser-warning': 'yes' },
        });
        await response.body?.cancel();
        if (!waiting.get(token))
          return { ok: false, reason: `is answered by something else than this Bellhop, with ${response.status}` };
        if (response.ok) return { ok: true };
        return { ok: false, reason: `leads here, but the answer became ${response.status} on its way back` };
      } catch (error) {
        return { ok: false, reason: describeConnectFailure(error) };
      } finally {
        waiting.delete(token);
      }
    },
  };
}
