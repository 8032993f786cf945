/** One thing that was looked at, and what to do when it is wrong. */
export interface Finding {
  readonly ok: boolean;
  readonly what: string;
  readonly todo?: string;
}

/** Tries what a chat service needs, whether or not Bellhop runs, and connects nothing. Never throws. */
export interface Diagnosis {
  /** The platform's name: `slack`. */
  readonly name: string;
  readonly title: string;
  /** Also posts a test message to this channel: an id, or `#name`. */
  run(options: { readonly postTo?: string }): Promise<readonly Finding[]>;
}
