import type { Severity } from '../message/severity.ts';

/** One step of the way to a decision, as a sentence without a full stop. */
export interface Step {
  readonly step:
    | 'verified'
    | 'part'
    | 'repeat'
    | 'quiet'
    | 'severity'
    | 'rule'
    | 'filter'
    | 'route'
    | 'mute'
    | 'failed';
  readonly text: string;
  /** The route that it is about, where it is about one: only those who may know of the channel are shown it. */
  readonly routeId?: string;
  /** The condition that could not be evaluated, why, and what follows from that, both as clauses. */
  readonly fault?: { readonly condition: string; readonly problem: string; readonly effect: string };
}

/** Whether somebody whom an event's message names is pinged by it on one route, and why. */
export interface Ping {
  /** Who, as the people list calls them; as the event does where it knows nobody. */
  readonly name: string;
  readonly outcome: 'ping' | 'silent';
  /** As a clause. */
  readonly reason: string;
}

/** What was decided for one route, and why. */
export interface RouteDecision {
  readonly routeId: string;
  readonly platform: string;
  readonly channel: string;
  readonly channelName: string;
  readonly outcome: 'post' | 'hold' | 'drop';
  readonly reason: string;
  /** The mute that holds it, or the route as `routeHolder` names it. */
  readonly muteId?: string;
  /** The rule that hides it. */
  readonly ruleId?: string;
  /** Those whom the message names; absent where it names nobody, or is not posted. */
  readonly mentioned?: readonly Ping[];
}

/** What was decided for one event, and every step of why. */
export interface Decision {
  /** ISO 8601. */
  readonly decidedAt: string;
  readonly steps: readonly Step[];
  readonly routes: readonly RouteDecision[];
  /** The severity that a rule gave it in place of its own. */
  readonly severity?: Severity;
}
