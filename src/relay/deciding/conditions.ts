import type { Condition } from '../../core/event/condition.ts';
import type { Endpoint, Route } from '../../core/settings/endpoint.ts';
import type { Rule } from '../../core/settings/rule.ts';
import { toCondition } from '../../filter/to-condition.ts';

/** A rule and its condition made ready. */
export interface ReadyRule {
  readonly rule: Rule;
  readonly condition: Condition;
}

/** A route that asks something of its events. */
export interface ReadyRoute {
  readonly route: Route;
  readonly when: Condition | undefined;
  readonly filter: Condition | undefined;
}

/** All that an endpoint asks of its events, made ready. */
export interface Conditions {
  readonly severity: readonly ReadyRule[];
  readonly hiding: readonly ReadyRule[];
  readonly routes: readonly ReadyRoute[];
}

/** Makes an endpoint's conditions ready; nothing where it has none. */
export function toConditions({ routes, rules = [] }: Endpoint): Conditions | undefined {
  const ready = rules.map((rule) => ({ rule, condition: toCondition(rule.when) }));
  const asking = routes.filter(({ when, filter, otherwise }) => when ?? filter ?? otherwise);
  if (!ready.length && !asking.length) return undefined;
  return {
    severity: ready.filter(({ rule }) => rule.severity),
    hiding: ready.filter(({ rule }) => !rule.severity),
    routes: asking.map((route) => ({ route, when: of(route.when), filter: of(route.filter) })),
  };
}

function of(text: string | undefined): Condition | undefined {
  return text === undefined ? undefined : toCondition(text);
}
