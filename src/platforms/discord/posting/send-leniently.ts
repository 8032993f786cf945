import { PayloadRefused } from '../connection/payload-refused.ts';
import type { DiscordMessage } from '../message/payload.ts';
import { withoutParts } from './without-parts.ts';

export interface LenientSending<Message extends DiscordMessage, Answer> {
  readonly send: (message: Message) => Promise<Answer>;
  /** What is done when the message is taken in no shape, one after the other. */
  readonly otherwise: readonly (() => Promise<Answer>)[];
  /** Hears which parts were left out, by their paths. */
  readonly onLess?: (left: readonly string[]) => void;
}

/** A refusal names all that is wrong as a rule; some of it shows only when the rest is gone. */
const ROUNDS = 5;

/** Sends a message, without the parts of it that Discord refuses. Throws `AppError`. */
export async function sendLeniently<Message extends DiscordMessage, Answer>(
  message: Message,
  { send, otherwise, onLess = () => {} }: LenientSending<Message, Answer>,
): Promise<Answer> {
  const left: string[] = [];
  let refusal: unknown;
  for (let next: Message | undefined = message, round = 0; next && round < ROUNDS; round++) {
    try {
      const answer = await send(next);
      if (left.length > 0) onLess(left);
      return answer;
    } catch (error) {
      if (!(error instanceof PayloadRefused)) throw error;
      refusal = error;
      left.push(...error.parts.map((path) => path.join('.')));
      next = withoutParts(next, error.parts);
    }
  }
  for (const attempt of otherwise) {
    try {
      const answer = await attempt();
      onLess(['everything but its first line']);
      return answer;
    } catch (error) {
      if (!(error instanceof PayloadRefused)) throw error;
      refusal = error;
    }
  }
  throw refusal;
}
