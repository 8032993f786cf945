import type { Condition, ConditionInput } from '../../core/event/condition.ts';
import type { Route } from '../../core/settings/endpoint.ts';
import { describeDigestTimes } from '../../core/text/calendar/digest-times.ts';
import { describeHours, watchHours } from '../../core/text/calendar/weekly-hours.ts';
import { toCondition } from '../../filter/to-condition.ts';

/** Asks whether a route holds an event. */
export interface HoldQuestion {
  readonly now: Date;
  readonly input: () => ConditionInput;
  /** Called for a condition that could not be evaluated: the event is posted at once then. */
  readonly onFault: (condition: string, problem: string) => void;
}

/** Gives back why a route holds an event, as a clause; nothing where it does not. */
export type RouteHold = (question: HoldQuestion) => string | undefined;

/** The routes of an endpoint that hold some of their events, by their ids; nothing where none does. */
export function toRouteHolds(routes: readonly Route[]): ReadonlyMap<string, RouteHold> | undefined {
  const holding = routes.filter(({ digest, quiet }) => digest ?? quiet);
  return holding.length ? new Map(holding.map((route) => [route.id, toHold(route)])) : undefined;
}

function toHold({ digest, quiet }: Route): RouteHold {
  const hours = quiet && watchHours(quiet);
  const digestExcept = digest?.except === undefined ? undefined : toCondition(digest.except);
  const quietExcept = quiet?.except === undefined ? undefined : toCondition(quiet.except);
  return (question) => {
    if (digest && !passes(digestExcept, question)) return `kept for the digest, ${describeDigestTimes(digest)}`;
    if (quiet && hours?.at(question.now.getTime()) && !passes(quietExcept, question))
      return `kept until the quiet hours end: ${describeHours(quiet)}`;
    return undefined;
  };
}

function passes(condition: Condition | undefined, { input, onFault }: HoldQuestion): boolean {
  if (!condition) return false;
  const answer = condition.test(input());
  if (typeof answer === 'boolean') return answer;
  onFault(condition.text, answer.problem);
  return true;
}
