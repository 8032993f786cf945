/** What each platform would be sent for a message. */
export interface Drawing {
  /** The line a phone would show. */
  readonly text: string;
  /** By the platform's name its payloads, in the order they would be sent. */
  readonly drawings: Readonly<Record<string, readonly unknown[]>>;
}
