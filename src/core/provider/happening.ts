/** What an event has in common with others that tell of the same thing, of which one is enough. */
export interface Happening {
  /** Names of the thing, such as its run and its suite: events that share one tell of the same. Without any, it tells of its own. */
  readonly keys: readonly string[];
  /** What the event adds: where another one said it already, it is not posted. */
  readonly fact: string;
  /** All that its message says; its fact alone when left out. */
  readonly says?: readonly string[];
  /** Types of events that say it better, where such come to the endpoint too. */
  readonly better?: readonly string[];
  /** How long after one event others may follow that tell of the same, in seconds. */
  readonly within: number;
}
