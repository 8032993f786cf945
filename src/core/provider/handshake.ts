import type { Parsed } from '../delivery/delivery.ts';
import type { SignatureContext } from './signature.ts';

/** The HTTP response a provider wants to see. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A way of proving that the URL is ours. It comes before verification and is never a way around it. */
export interface Handshake {
  answer(delivery: Parsed, secrets: readonly string[], context: SignatureContext): Answer | undefined;
}
