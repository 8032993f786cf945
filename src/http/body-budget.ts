/** Counts the bytes of all bodies that are being received, whoever sends them. */
export interface BodyBudget {
  /** A share for one body. What it takes counts until it is given back. */
  open(): BodyShare;
}

export interface BodyShare {
  /** Whether so many more bytes fit beside those of all other bodies. If they do, they are counted. */
  take(bytes: number): boolean;
  /** Gives back everything; more than once does no harm. */
  close(): void;
}

/** For bodies that are bounded in another way. */
export const uncounted: BodyShare = { take: () => true, close: () => undefined };

export function createBodyBudget(limit: number): BodyBudget {
  let taken = 0;
  return {
    open() {
      let own = 0;
      return {
        take(bytes) {
          if (taken + bytes > limit) return false;
          taken += bytes;
          own += bytes;
          return true;
        },
        close() {
          taken -= own;
          own = 0;
        },
      };
    },
  };
}
