import type { Parsed } from '../core/delivery/delivery.ts';
import type { Answer, Handshake } from '../core/provider/handshake.ts';
import { HANDSHAKE_BYTES } from './harmless.ts';

export interface PingOptions {
  readonly when: (delivery: Parsed) => boolean;
  /** Whether it carries no signature. Then it must say nothing at all. */
  readonly unsigned?: true;
  /** 200 without a body when left out. */
  readonly answer?: Answer;
}

/** A request that only tries whether deliveries arrive, and says nothing. */
export function ping({ when, unsigned, answer = { status: 200, headers: {}, body: '' } }: PingOptions): Handshake {
  const reply: Handshake['answer'] = (delivery) =>
    delivery.method === 'POST' && delivery.body.length <= HANDSHAKE_BYTES && when(delivery) ? answer : undefined;
  return unsigned ? { answer: reply } : { answerVerified: reply };
}
