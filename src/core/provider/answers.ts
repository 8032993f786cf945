import type { Parsed } from '../delivery/delivery.ts';
import type { Answer } from './handshake.ts';

/** Why a delivery is refused by a provider's own rules: what its sender is answered, and the reason for the owner. */
export interface Objection {
  readonly answer: Answer;
  readonly reason: string;
}

/** What went wrong with a delivery, as Bellhop itself would answer it. */
export interface Refused {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** How deliveries are answered whose senders read the answer. Bellhop's own are 202 and JSON. */
export interface Answers {
  /** What is wrong with a delivery that the other service would refuse; nothing where it would take it. */
  objection?(delivery: Parsed): Objection | undefined;
  /** To a delivery that is kept, or is a repeat. */
  taken(delivery: Parsed): Answer;
  /** To one that is refused for any other reason, such as its size. */
  refused?(failure: Refused): Answer;
}
