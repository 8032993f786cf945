import type { OwedChannel } from './event/post.ts';

/** Carries words from one node to all the others. What is said while a node is away from the database it does not hear. */
export interface Bus {
  send(topic: string, word: unknown): void;
  on(topic: string, hear: (word: unknown) => void): void;
}

/** Sees to it that something happens on one node only. */
export interface Claims {
  /** Whether this is the first node to ask for it within so many milliseconds. */
  first(name: string, milliseconds: number): Promise<boolean>;
  /** Takes a claim back. Gives back whether it stood. */
  take(name: string): Promise<boolean>;
}

/** Keeps a text for a while, for any node to read. */
export interface Notes {
  keep(name: string, text: string, milliseconds: number): void;
  read(name: string): Promise<string | undefined>;
}

/** What is known of a channel that takes nothing, on all nodes. */
export interface Closing {
  readonly reason: string;
  /** Milliseconds until it is tried again. */
  readonly left: number;
}

/** Keeps what the lanes of all nodes must agree on. */
export interface LaneStates {
  /** Takes one message out of a budget, and says how many milliseconds to wait before sending it. */
  take(budget: string, rate: { readonly perSecond: number; readonly burst: number }): Promise<number>;
  /** Gives back what was not used. */
  giveBack(budget: string, rate: { readonly perSecond: number }): Promise<void>;
  closing(channel: OwedChannel): Promise<Closing | undefined>;
  close(channel: OwedChannel, closing: Closing): Promise<void>;
  open(channel: OwedChannel): Promise<void>;
}

/** Runs the lane of each channel on one node at a time. */
export interface LaneJobs {
  /** Has some node run these lanes: at once, or again once they have been run where one is running. */
  add(channels: readonly OwedChannel[]): Promise<void>;
  /** How the lanes that fall to this node are run. */
  onLane(run: (channel: OwedChannel) => Promise<void>): void;
}

/** What the nodes of one Bellhop share, besides journal and settings. */
export interface Cluster {
  readonly bus: Bus;
  readonly claims: Claims;
  readonly lanes: LaneStates;
  readonly jobs: LaneJobs;
  /** Whether this node is the one that decides, keeps the clock and holds the connections to chats. */
  readonly leads: boolean;
  /** By how many milliseconds the database's clock is ahead of this machine's. */
  readonly ahead: number;
}
