/** One step of the way to a decision, as a sentence without a full stop. */
export interface Step {
  readonly step: 'verified' | 'repeat' | 'quiet' | 'route' | 'mute' | 'failed';
  readonly text: string;
}

/** What was decided for one route, and why. */
export interface RouteDecision {
  readonly routeId: string;
  readonly platform: string;
  readonly channel: string;
  readonly channelName: string;
  readonly outcome: 'post' | 'hold' | 'drop';
  readonly reason: string;
  /** The mute that holds it. */
  readonly muteId?: string;
}

/** What was decided for one event, and every step of why. */
export interface Decision {
  /** ISO 8601. */
  readonly decidedAt: string;
  readonly steps: readonly Step[];
  readonly routes: readonly RouteDecision[];
}
