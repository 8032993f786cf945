/** What an event has in common with others about the same happening, of which one post is enough. */
export interface Happening {
  /** Names of the thing, such as its run and its suite: events that share one are about the same happening. Without any, the event stands alone. */
  readonly keys: readonly string[];
  /** What the event adds: where another event was posted with it already, this one is not. */
  readonly fact: string;
  /** All that its message says; its fact alone when left out. */
  readonly says?: readonly string[];
  /** Types of events that say it better, where such come to the endpoint too. */
  readonly better?: readonly string[];
  /** How long after one event others about the same happening may follow, in seconds. */
  readonly within: number;
}
