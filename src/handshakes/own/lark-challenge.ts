import { textAt } from '../../core/delivery/readers.ts';
import { type Handshake, jsonAnswer } from '../../core/provider/handshake.ts';
import { decrypted } from '../../signatures/own/lark.ts';
import { HANDSHAKE_BYTES, isHarmless } from '../harmless.ts';

/** Lark and Feishu, which ask for a word in the body to be sent back. The body may be encrypted, and is not signed. */
export const larkChallenge: Handshake = {
  answer(delivery, secrets) {
    if (delivery.method !== 'POST' || delivery.body.length > HANDSHAKE_BYTES) return undefined;
    const packed = textAt(delivery.payload, 'encrypt');
    const question = packed === undefined ? delivery.payload : unpack(packed, secrets);
    const word = textAt(question, 'type') === 'url_verification' ? textAt(question, 'challenge') : undefined;
    return isHarmless(word) ? jsonAnswer({ challenge: word }) : undefined;
  },
};

function unpack(packed: string, secrets: readonly string[]): unknown {
  for (const secret of secrets) {
    const text = decrypted(packed, secret);
    if (text) return parse(text.toString());
  }
  return undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // What another key decrypts is not JSON.
    return undefined;
  }
}
