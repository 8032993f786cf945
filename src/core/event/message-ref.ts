/** Where a message stands on its platform: enough to edit it or reply in its thread. */
export interface MessageRef {
  readonly channel: string;
  readonly id: string;
  /** What the platform refused of the message, in words, where the rest was posted without it. */
  readonly leftOut?: readonly string[];
}
