/** What somebody did about an event besides reading of it. */
export interface Response {
  readonly eventId: string;
  /** Who, as `platform:user`. */
  readonly by: string;
  /** Whether they used one of its buttons or asked for it, or what they think of having been sent it. */
  readonly kind: 'use' | 'up' | 'down';
}

/** What people did about one event. */
export interface Responses {
  readonly used: number;
  readonly up: number;
  readonly down: number;
}

/** Remembers what people did about events, as long as the events. */
export interface ResponseStore {
  /** Of what somebody thinks of an event, the last word counts. */
  add(response: Response, at: Date): Promise<void>;
  /** By event id; those that nobody did anything about are left out. */
  of(eventIds: readonly string[]): Promise<ReadonlyMap<string, Responses>>;
}
