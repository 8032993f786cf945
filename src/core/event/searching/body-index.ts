import type { HookEvent } from '../event.ts';

/** What an event's body says, as it is searched. */
export interface SearchedBody {
  readonly eventId: string;
  readonly endpointId: string;
  /** Each of its words once, as `searchWords` makes them; none where there is nothing to be found. */
  readonly words: readonly string[];
}

/** Whose bodies are searched. What is between the oldest and the newest of them is searched as well. */
export interface BodyCoverage {
  /** The oldest event whose body is searched; nothing where none is. */
  readonly from?: { readonly eventId: string; readonly receivedAt: Date };
  /** Whether older events are kept, whose bodies are not searched. */
  readonly isOlderLeft: boolean;
  /** Whether newer events are kept, whose bodies are not searched yet. */
  readonly isNewerLeft: boolean;
}

/**
 * Finds events by the words of their bodies. It holds those of the newest events, without a gap between them, and is filled
 * aside from the way of deliveries. Every implementation passes `test/contracts/bodies.ts`.
 */
export interface BodyIndex {
  /**
   * Events that come next: those that are newer than all that is searched, from the oldest; where there are none, and `older` is
   * asked for, those that are older, from the newest. No more than `limit`, and no more than `maxBytes` unless the first is larger.
   */
  next(query: {
    readonly limit: number;
    readonly maxBytes: number;
    readonly older: boolean;
  }): Promise<readonly HookEvent[]>;
  /** Has bodies be found, in one commit. An event that is gone, or searched already, is left out. */
  add(bodies: readonly SearchedBody[]): Promise<void>;
  /** How many bytes of words are searched, about. */
  size(): Promise<number>;
  /** Forgets the bodies of the oldest events that are searched; gives back how many, and the bytes of their words. */
  forgetOldest(most: number): Promise<{ readonly events: number; readonly bytes: number }>;
  coverage(): Promise<BodyCoverage>;
}

/** What a search in bodies leaves out, in sentences; nothing where it leaves out nothing. `moment` writes a time. */
export function describeGaps(
  { from, isOlderLeft, isNewerLeft }: BodyCoverage,
  moment: (at: Date) => string,
): string | undefined {
  if (!from) return isOlderLeft ? 'No bodies are searched yet, or `SEARCH_BODIES_MB` is 0.' : undefined;
  const older = isOlderLeft
    ? `Only bodies received since ${moment(from.receivedAt)} are searched. Older ones are not indexed yet, or do not fit in \`SEARCH_BODIES_MB\`: raise it to search further back.`
    : '';
  const newer = isNewerLeft ? 'The newest bodies are not indexed yet.' : '';
  return [older, newer].filter(Boolean).join(' ') || undefined;
}
