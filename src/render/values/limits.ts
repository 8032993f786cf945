/** What a template may ask for. Templates come from chat, so they are not trusted with the machine. */
export interface Limits {
  /** Characters of a template's source. */
  readonly source: number;
  /** Pairs of braces, and characters within all of them. */
  readonly tags: number;
  readonly tagged: number;
  /** Characters of what it prints, and of any text a helper gives back. */
  readonly output: number;
  /** Rounds of all loops together. */
  readonly rounds: number;
  readonly helperCalls: number;
  /** Blocks, or parentheses, inside one another. */
  readonly depth: number;
  /** Characters handed to helpers, all calls together, and three hundred for each value of an object or list. */
  readonly work: number;
}

export const LIMITS: Limits = {
  source: 65_536,
  tags: 1_000,
  tagged: 16_384,
  output: 65_536,
  rounds: 10_000,
  helperCalls: 20_000,
  depth: 20,
  work: 20_000_000,
};

/** Characters that one printed value may have: more than any chat shows of it. */
export const VALUE_LIMIT = 16_384;
