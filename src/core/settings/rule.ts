import type { Severity } from '../message/severity.ts';

/**
 * What is done about an endpoint's events for which a condition is true: they get another severity, or they are posted
 * nowhere. Times are ISO 8601.
 */
export interface Rule {
  readonly id: string;
  /** The condition, in CEL. */
  readonly when: string;
  /** The severity that its events get; without one they are hidden. */
  readonly severity?: Severity;
  /** The one route on which they are hidden; all of them when absent. */
  readonly routeId?: string;
  /** Who made it, as people read it. */
  readonly by: string;
  readonly createdAt: string;
}

/** `hides type == 'push'`, or `sets severity=critical when type == 'push'`. */
export function describeRule({ when, severity }: Pick<Rule, 'when' | 'severity'>): string {
  return severity ? `sets severity=${severity} when ${when}` : `hides ${when}`;
}
