import { createHmac, createSecretKey, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Arrival } from '../core/settings/address.ts';
import { describeConnectFailure } from '../core/text/connect-failure.ts';

/** Finds out whether an address leads to this very process, or to another node of it. */
export interface Probe {
  tryOut(url: string): Promise<Arrival>;
  /** What to answer to a token on the path of deliveries that a probe of ours sent; notes that it arrived. */
  arrived(token: string): string | undefined;
}

const TIMEOUT = 5_000;
const PREFIX = 'probe-';

/**
 * Sends a request with a new token on the path of deliveries, the one path that must be open, and sees whether it comes in
 * here, or at a node that has the same key: what another program answers, another Bellhop too, proves nothing.
 */
export function createProbe(bytes: Buffer): Probe {
  const key = createSecretKey(bytes);
  const toProof = (text: string) => createHmac('sha256', key).update(`probe ${text}`).digest('hex');
  const waiting = new Map<string, boolean>();
  return {
    arrived(token) {
      const [name = '', proof = ''] = token.split('.');
      if (!name.startsWith(PREFIX) || !isSame(proof, toProof(name))) return undefined;
      if (waiting.has(token)) waiting.set(token, true);
      return toProof(token);
    },
    async tryOut(url) {
      const name = `${PREFIX}${randomBytes(16).toString('hex')}`;
      const token = `${name}.${toProof(name)}`;
      waiting.set(token, false);
      try {
        const response = await fetch(`${url}/in/${token}`, {
          redirect: 'manual',
          signal: AbortSignal.timeout(TIMEOUT),
          // Without it ngrok shows a page of its own to what looks like a browser.
          headers: { 'user-agent': 'Bellhop', 'ngrok-skip-browser-warning': 'yes' },
        });
        const said = await beginningOf(response);
        if (!waiting.get(token) && !said.includes(toProof(token)))
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

/** As much as came at once, which an answer of ours does: nobody knows how long another is. */
async function beginningOf({ body }: Response): Promise<string> {
  const reader = body?.getReader();
  const first = await reader?.read();
  await reader?.cancel();
  return Buffer.from(first?.value ?? []).toString();
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
