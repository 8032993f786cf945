/** A channel of the local platform, as somebody who reads there has left it. */
export interface ChannelReading {
  readonly channel: string;
  /** When its newest message was posted. */
  readonly lastAt: Date;
  /** The newest message that they have read; nothing where they have read nowhere yet. */
  readonly read?: string;
  /** How many came since, as far as they are counted. */
  readonly unread: number;
}

/**
 * How far each person has read in each channel of the local platform. Whoever reads for the first time has read all that is
 * there, so that nobody begins with thousands of unread messages.
 */
export interface ReadMarkStore {
  /** Notes that somebody has read a channel as far as a message. What was read once stays read. */
  mark(mark: { readonly reader: string; readonly channel: string; readonly message: string }): Promise<void>;
  /** Every channel that holds a message. At most `most` unread ones are counted in each. */
  list(query: { readonly reader: string; readonly most: number }): Promise<readonly ChannelReading[]>;
}
