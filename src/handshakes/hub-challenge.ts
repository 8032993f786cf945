import { timingSafeEqual } from 'node:crypto';
import { query } from '../core/delivery/readers.ts';
import { type Handshake, plainAnswer } from '../core/provider/handshake.ts';
import { isHarmless } from './harmless.ts';

const MODE = query('hub.mode');
const CHALLENGE = query('hub.challenge');
const TOKEN = query('hub.verify_token');

/**
 * A sender that asks by `GET`, with a token that was agreed on: the endpoint's option `verify-token`, and where it has
 * none, the last part of its URL or its secret. https://developers.facebook.com/docs/graph-api/webhooks/getting-started
 */
export const hubChallenge: Handshake = {
  answer(delivery, secrets, { url, options }) {
    if (delivery.method !== 'GET' || MODE(delivery) !== 'subscribe') return undefined;
    const [challenge, given] = [CHALLENGE(delivery), TOKEN(delivery)];
    if (!isHarmless(challenge)) return undefined;
    const agreed = options['verify-token']
      ? [options['verify-token']]
      : [url.slice(url.lastIndexOf('/') + 1), ...secrets];
    const matches = agreed.map((token) => token !== '' && isSame(token, given ?? ''));
    return matches.includes(true) ? plainAnswer(challenge) : plainAnswer('The verify token does not match.', 403);
  },
};

function isSame(token: string, given: string): boolean {
  const [a, b] = [Buffer.from(token), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
