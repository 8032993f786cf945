import type { Parsed } from '../delivery/delivery.ts';
import type { SignatureContext } from './signature.ts';

/** The HTTP response a provider wants to see. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a provider gives once while it proves the URL, and the endpoint keeps from then on. */
export interface Captured {
  /** The secret that it will sign with. It is taken only by an endpoint that has none. */
  readonly secret?: string;
  /** Settings of the endpoint. Each is taken only where the endpoint has none of that name. */
  readonly options?: Readonly<Record<string, string>>;
}

export interface HandshakeAnswer extends Answer {
  readonly captured?: Captured;
}

/** A way of proving that the URL is ours. It is never a way around verification: nothing of it is posted. */
export interface Handshake {
  /** Answers a request that carries no signature, or whose signature does not matter. Before verification. */
  answer?(delivery: Parsed, secrets: readonly string[], context: SignatureContext): HandshakeAnswer | undefined;
  /** Answers a request that is signed like any delivery, after it was verified. Throws `AppError` when it cannot now. */
  answerVerified?(
    delivery: Parsed,
    secrets: readonly string[],
    context: SignatureContext,
  ): HandshakeAnswer | undefined | Promise<HandshakeAnswer | undefined>;
}

/** An answer in plain words. */
export function plainAnswer(body: string, status = 200): Answer {
  return { status, headers: {}, body };
}

/** An answer in JSON. */
export function jsonAnswer(value: unknown, status = 200): Answer {
  return { status, headers: { 'content-type': 'application/json; charset=utf-8' }, body: JSON.stringify(value) };
}
