import { textAt } from '../../core/delivery/readers.ts';
import { type Handshake, jsonAnswer, plainAnswer } from '../../core/provider/handshake.ts';
import { keyedHash } from '../../signatures/digest.ts';

/**
 * Zoom, which asks for a word to be signed with the key that signs events: only where the question is signed itself, and
 * never a word with the colons of a signed text. https://developers.zoom.us/docs/api/webhooks/#validate-your-webhook-endpoint
 */
export const zoomValidation: Handshake = {
  answerVerified({ payload }, secrets) {
    if (textAt(payload, 'event') !== 'endpoint.url_validation') return undefined;
    const [word, secret] = [textAt(payload, 'payload.plainToken'), secrets.at(-1)];
    if (!secret || !word || !/^[\w.~+/=-]{1,200}$/.test(word)) return plainAnswer('', 400);
    return jsonAnswer({ plainToken: word, encryptedToken: keyedHash('sha256', secret, word).toString('hex') });
  },
};
