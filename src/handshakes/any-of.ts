import type { Handshake, HandshakeAnswer } from '../core/provider/handshake.ts';

/** Several ways of proving a URL: the first that knows the request answers it. */
export function anyOf(...handshakes: readonly Handshake[]): Handshake {
  return {
    answer(delivery, secrets, context) {
      for (const handshake of handshakes) {
        const answer = handshake.answer?.(delivery, secrets, context);
        if (answer) return answer;
      }
      return undefined;
    },
    async answerVerified(delivery, secrets, context): Promise<HandshakeAnswer | undefined> {
      for (const handshake of handshakes) {
        const answer = await handshake.answerVerified?.(delivery, secrets, context);
        if (answer) return answer;
      }
      return undefined;
    },
  };
}
