import { PayloadRefused } from '../connection/payload-refused.ts';
import type { DiscordMessage } from '../message/payload.ts';
import { withoutParts } from './without-parts.ts';

export interface LenientSending<Message extends DiscordMessage, Answer> {
  readonly send: (message: Message) => Promise<Answer>;
  /** What is done when the message is taken in no shape, one after the other. */
  readonly otherwise: readonly (() => Promise<Answer>)[];
}

export interface Sent<Answer> {
  readonly answer: Answer;
  /** What Discord refused of the message, in words; empty where it took all. */
  readonly leftOut: readonly string[];
}

/** A refusal names all that is wrong as a rule; some of it shows only when the rest is gone. */
const ROUNDS = 5;
const ALMOST_ALL = 'everything but its first line, since Discord did not accept the rest';

/** Sends a message, without the parts of it that Discord refuses. Throws `AppError`. */
export async function sendLeniently<Message extends DiscordMessage, Answer>(
  message: Message,
  { send, otherwise }: LenientSending<Message, Answer>,
): Promise<Sent<Answer>> {
  const leftOut = new Set<string>();
  let refusal: unknown;
  for (let next: Message | undefined = message, round = 0; next && round < ROUNDS; round++) {
    try {
      return { answer: await send(next), leftOut: [...leftOut] };
    } catch (error) {
      if (!(error instanceof PayloadRefused)) throw error;
      refusal = error;
      const less: ReturnType<typeof withoutParts<Message>> = withoutParts(next, error.parts);
      for (const part of less?.leftOut ?? []) leftOut.add(part);
      next = less?.message;
    }
  }
  for (const attempt of otherwise) {
    try {
      return { answer: await attempt(), leftOut: [ALMOST_ALL] };
    } catch (error) {
      if (!(error instanceof PayloadRefused)) throw error;
      refusal = error;
    }
  }
  throw refusal;
}
