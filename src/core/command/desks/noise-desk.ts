import type { Message } from '../../message/message.ts';
import type { Place } from '../../settings/channel.ts';
import type { Likeness, Trial } from './rule-desk.ts';

/** Some of a channel's messages that have something in common, and what would make them fewer. */
export interface NoiseLine {
  readonly kind: 'source' | 'type' | 'actor' | 'repeated' | 'flapping';
  /** What they have in common, as outside text. */
  readonly what: string;
  /** The name of the endpoint that they came by. */
  readonly endpoint: string;
  /** How many there were; of what goes back and forth, how often it did. */
  readonly count: number;
  /** How many of them nobody reacted to; absent where that is not counted. */
  readonly ignored?: number;
  readonly proposal?: NoiseProposal;
}

/** A rule that would hide an event's like, and what it would have done. */
export interface NoiseProposal {
  readonly eventId: string;
  readonly by: Likeness;
  /** What it hides, as people say it. */
  readonly what: string;
  readonly when: string;
  readonly trial: Trial;
}

/** What a channel was sent in a span, and what became of it. */
export interface NoiseReport {
  readonly place: Place;
  readonly since: Date;
  readonly until: Date;
  readonly messages: number;
  /** Messages that somebody reacted to: with an emoji, a reply, a button, or a vote. */
  readonly noticed: number;
  readonly votes: { readonly up: number; readonly down: number };
  /** What of it could not be found out, as a sentence. */
  readonly gap?: string;
  /** The loudest first. */
  readonly lines: readonly NoiseLine[];
  /** What rules have hidden meanwhile. */
  readonly hidden: readonly { readonly endpoint: string; readonly when: string; readonly count: number }[];
  /** Whether there was more than was looked at. */
  readonly partial: boolean;
}

/** What commands ask about noise. It changes no rule. */
export interface NoiseDesk {
  /** Counts what a channel was sent in the last milliseconds, and tries rules on it. */
  report(place: Place, span: number): Promise<NoiseReport>;
  describe(report: NoiseReport): Message;
  /** Notes what somebody, named as `platform:user`, thinks of having been sent an event. */
  vote(eventId: string, by: string, kind: 'up' | 'down'): Promise<void>;
}
