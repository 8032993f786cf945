import type { Severity } from '../message/severity.ts';
import type { StandingMessage } from './plan.ts';

/** What one message rolls up: the events of one source of an endpoint, in one channel. */
export interface RollUpKey {
  readonly platform: string;
  readonly channel: string;
  readonly endpointId: string;
  /** Empty for events that name no source. */
  readonly source: string;
}

/** How often each value of something was seen. Of many values only some are counted one by one. */
export interface Tally {
  readonly name: string;
  readonly values: Readonly<Record<string, number>>;
  readonly others: number;
}

/** What so many events of one source have in common and where they differ. Times are ISO 8601. */
export interface RollUpCount {
  readonly total: number;
  /** How many of them said that something is over. */
  readonly over: number;
  /** How many of them were too old to have a message each. */
  readonly stale: number;
  readonly firstAt: string;
  readonly lastAt: string;
  readonly severities: Readonly<Partial<Record<Severity, number>>>;
  readonly tallies: readonly Tally[];
  /** The first of the critical ones. */
  readonly gravest: readonly { readonly title: string; readonly url?: string }[];
}

/** One message in place of many. */
export interface RollUp extends RollUpCount {
  readonly message: StandingMessage;
  /** When it was brought up to date last. */
  readonly changedAt: string;
  /** Whether nothing came any more, so that it says how it ended. */
  readonly calm: boolean;
}

export interface KnownRollUp {
  readonly key: RollUpKey;
  readonly rollUp: RollUp;
}

/** Remembers roll-ups. Those that grow are written with the posts that they show: see `PostStore.settle`. */
export interface RollUpStore {
  /** The latest of a source. */
  get(key: RollUpKey): Promise<RollUp | undefined>;
  /** Those that are not calm yet. */
  active(): Promise<readonly KnownRollUp[]>;
  set(known: KnownRollUp): Promise<void>;
}
