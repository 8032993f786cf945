import { header } from '../core/delivery/readers.ts';
import { type Handshake, jsonAnswer, plainAnswer } from '../core/provider/handshake.ts';
import { isHarmless } from './harmless.ts';

export interface EchoHeaderOptions {
  readonly method: 'GET' | 'POST';
  /** In lower case. */
  readonly header: string;
  /** How it wants the word back: as the body, in the same header, or under a name in JSON. */
  readonly as: 'body' | 'header' | { readonly json: string };
}

/** A sender that asks for a word in a header to be sent back. */
export function echoHeader({ method, header: name, as }: EchoHeaderOptions): Handshake {
  const read = header(name);
  return {
    answer(delivery) {
      const word = delivery.method === method ? read(delivery) : undefined;
      if (!isHarmless(word)) return undefined;
      if (as === 'header') return { status: 200, headers: { [name]: word }, body: '' };
      return as === 'body' ? plainAnswer(word) : jsonAnswer({ [as.json]: word });
    },
  };
}
