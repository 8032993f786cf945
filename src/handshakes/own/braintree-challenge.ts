import { query } from '../../core/delivery/readers.ts';
import { type Handshake, plainAnswer } from '../../core/provider/handshake.ts';
import { keyedHash } from '../../signatures/digest.ts';
import { CHALLENGE, toPair } from '../../signatures/own/braintree.ts';

const challenge = query('bt_challenge');

/** Braintree, which asks by `GET` for a word to be signed. No event may look like such a word. */
export const braintreeChallenge: Handshake = {
  answer(delivery, secrets) {
    const word = delivery.method === 'GET' ? challenge(delivery) : undefined;
    const pair = toPair(secrets.at(-1) ?? '');
    if (!pair || !word || !CHALLENGE.test(word)) return undefined;
    return plainAnswer(`${pair.name}|${keyedHash('sha1', pair.key, word).toString('hex')}`);
  },
};
