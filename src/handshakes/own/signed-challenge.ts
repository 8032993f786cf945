import { query } from '../../core/delivery/readers.ts';
import { type Handshake, jsonAnswer } from '../../core/provider/handshake.ts';
import { keyedHash, plainHash } from '../../signatures/digest.ts';

const crcToken = query('crc_token');

/**
 * X, which asks by `GET` for a word to be signed, every hour anew. The key signs events too, so that only words are signed
 * that no event could begin with. https://docs.x.com/x-api/webhooks/introduction
 */
export const crc: Handshake = {
  answer(delivery, secrets) {
    const word = delivery.method === 'GET' ? crcToken(delivery) : undefined;
    const secret = secrets.at(-1);
    if (!secret || !word || !/^[A-Za-z0-9._~+/=-]{1,200}$/.test(word)) return undefined;
    return jsonAnswer({ response_token: `sha256=${keyedHash('sha256', secret, word).toString('base64')}` });
  },
};

const challengeCode = query('challengeCode');

/** LinkedIn, which asks by `GET` for a code to be signed. What it signs itself has `hmacsha256=` in front, which no code has. */
export const linkedInChallenge: Handshake = {
  answer(delivery, secrets) {
    const code = delivery.method === 'GET' ? challengeCode(delivery) : undefined;
    const secret = secrets.at(-1);
    if (!secret || !code || !/^[\w-]{1,100}$/.test(code)) return undefined;
    return jsonAnswer({
      challengeCode: code,
      challengeResponse: keyedHash('sha256', secret, code).toString('hex'),
    });
  },
};

const ebayCode = query('challenge_code');

/** eBay, which asks by `GET` for the hash of its code, the token that was agreed on and the URL. The token comes first in the secret. */
export const ebayChallenge: Handshake = {
  answer(delivery, secrets, { url }) {
    const code = delivery.method === 'GET' ? ebayCode(delivery) : undefined;
    const token = secrets.at(-1)?.split(':', 1)[0];
    if (!token || !code || !/^[\w-]{1,200}$/.test(code)) return undefined;
    return jsonAnswer({ challengeResponse: plainHash('sha256', code, token, url).toString('hex') });
  },
};
