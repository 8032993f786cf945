import { query } from '../core/delivery/readers.ts';
import { type Handshake, jsonAnswer, plainAnswer } from '../core/provider/handshake.ts';
import { isHarmless } from './harmless.ts';

/** A sender that asks by `GET` for a word in the query to be sent back, as it is or under a name in JSON. */
export function echoQuery(parameter: string, { json }: { readonly json?: string } = {}): Handshake {
  const read = query(parameter);
  return {
    answer(delivery) {
      const word = delivery.method === 'GET' ? read(delivery) : undefined;
      if (!isHarmless(word)) return undefined;
      return json ? jsonAnswer({ [json]: word }) : plainAnswer(word);
    },
  };
}
