import type { Parsed } from '../core/delivery/delivery.ts';
import { textAt } from '../core/delivery/readers.ts';
import { type Handshake, jsonAnswer, plainAnswer } from '../core/provider/handshake.ts';
import { HANDSHAKE_BYTES, isHarmless } from './harmless.ts';

export interface EchoFieldOptions {
  /** The field of the body with the word. */
  readonly field: string;
  /** Whether this is the question, and not an event that has a field of that name. */
  readonly when: (delivery: Parsed) => boolean;
  readonly as: 'text' | 'json';
  /** Whether the question is signed like any delivery. */
  readonly signed?: true;
}

/** A sender that asks for a word in the body to be sent back. */
export function echoField({ field, when, as, signed }: EchoFieldOptions): Handshake {
  const answer: Handshake['answer'] = (delivery) => {
    if (delivery.method !== 'POST' || delivery.body.length > HANDSHAKE_BYTES || !delivery.body.includes(`"${field}"`))
      return undefined;
    if (!when(delivery)) return undefined;
    const word = textAt(delivery.payload, field);
    // A question that cannot be answered is not an event either.
    if (!isHarmless(word)) return signed ? plainAnswer('', 400) : undefined;
    return as === 'text' ? plainAnswer(word) : jsonAnswer({ [field]: word });
  };
  return signed ? { answerVerified: answer } : { answer };
}
