import type { About } from '../../core/event/about.ts';
import type { Condition, ConditionInput } from '../../core/event/condition.ts';
import type { RouteDecision, Step } from '../../core/event/decision.ts';
import type { Severity } from '../../core/message/severity.ts';
import type { Incoming } from '../../core/provider/provider.ts';
import { channelLabel } from '../../core/settings/channel.ts';
import type { Endpoint, Route } from '../../core/settings/endpoint.ts';
import type { Rule } from '../../core/settings/rule.ts';
import { toInput } from '../../filter/to-input.ts';
import type { Conditions } from './conditions.ts';

interface JudgeFacts {
  readonly type: string;
  readonly about: About;
  readonly quiet: string | undefined;
  readonly provider?: string;
  readonly incoming?: Pick<Incoming, 'payload' | 'headers'>;
}

interface JudgeRules {
  readonly endpoint: Endpoint;
  readonly conditions: Conditions | undefined;
  readonly now: Date;
}

type Drop = Pick<RouteDecision, 'outcome' | 'reason' | 'ruleId'>;

/** What an endpoint's conditions say of an event. */
export interface Judgement {
  readonly steps: readonly Step[];
  /** The severity that a rule gives it. */
  readonly severity?: Severity;
  /** The routes that it does not take, by their ids. */
  readonly drops: ReadonlyMap<string, Drop>;
}

const NOTHING: Judgement = { steps: [], drops: new Map() };

/**
 * Judges an event by its endpoint's conditions. A condition that cannot be evaluated lets the event pass: a mistake in one
 * never loses an alert. Pure.
 */
export function judge(facts: JudgeFacts, { endpoint, conditions, now }: JudgeRules): Judgement {
  // What nobody is to hear of need not be judged.
  if (!conditions || facts.quiet) return NOTHING;
  const { type, about, provider = endpoint.provider, incoming } = facts;
  const steps: Step[] = [];
  const see = (severity: Severity) =>
    toInput({ type, provider, endpoint: endpoint.name, about, severity, incoming, now });
  const ask = (condition: Condition, input: ConditionInput, { name, otherwise, routeId }: Question): boolean => {
    const answer = condition.test(input);
    const of = routeId === undefined ? {} : { routeId };
    if (typeof answer === 'boolean') {
      if (routeId) steps.push({ step: 'filter', text: `${name} is ${answer}: ${coded(condition.text)}`, ...of });
      return answer;
    }
    const { problem } = answer;
    const effect = otherwise ? 'the event passes' : 'it changes nothing';
    const which = routeId ? ` (${coded(condition.text)})` : '';
    const text = `${name}${which} cannot be evaluated, so ${effect}: ${problem}`;
    steps.push({ step: 'filter', text, fault: { condition: condition.text, problem, effect }, ...of });
    return otherwise;
  };

  const own = about.severity ?? 'info';
  const plain = see(own);
  const given = severityOf(conditions, (rule, condition) =>
    ask(condition, plain, { name: `the rule ${named(rule)}`, otherwise: false }),
  );
  if (given)
    steps.push({
      step: 'severity',
      text: `severity ${given.severity} in place of ${own}, by the rule ${named(given)}`,
    });
  const input = given?.severity ? see(given.severity) : plain;
  const drops = new Map<string, Drop>();
  for (const { rule, condition } of conditions.hiding) {
    const on = endpoint.routes.filter(({ id }) => rule.routeId === undefined || rule.routeId === id);
    if (!on.some(({ id }) => !drops.has(id))) continue;
    if (!ask(condition, input, { name: `the rule ${named(rule)}`, otherwise: false })) continue;
    steps.push({
      step: 'rule',
      text: `hidden${rule.routeId ? ` in ${on.map(labelOf).join(', ')}` : ''} by the rule ${named(rule)}`,
      ...(rule.routeId && { routeId: rule.routeId }),
    });
    for (const { id } of on)
      if (!drops.has(id))
        drops.set(id, { outcome: 'drop', reason: `hidden by the rule ${named(rule)}`, ruleId: rule.id });
  }
  const routes = judgeRoutes(conditions, (condition, question) => ask(condition, input, question));
  return {
    steps,
    ...(given?.severity && { severity: given.severity }),
    drops: new Map([...routes, ...drops]),
  };
}

interface Question {
  /** What asks, as a sentence names it. */
  readonly name: string;
  /** What counts where it cannot be evaluated. */
  readonly otherwise: boolean;
  /** The route that asks, where one does: then the answer is a step of its own. */
  readonly routeId?: string;
}

function severityOf({ severity }: Conditions, isTrue: (rule: Rule, condition: Condition) => boolean): Rule | undefined {
  return severity.find(({ rule, condition }) => isTrue(rule, condition))?.rule;
}

function judgeRoutes(
  { routes }: Conditions,
  ask: (condition: Condition, question: Question) => boolean,
): ReadonlyMap<string, Drop> {
  const drops = new Map<string, Drop>();
  const drop = (route: Route, reason: string) => drops.set(route.id, { outcome: 'drop', reason });
  let taken = false;
  for (const { route, when, filter } of routes) {
    if (when) {
      const fits = ask(when, { name: `the condition of ${labelOf(route)}`, otherwise: true, routeId: route.id });
      if (fits) taken = true;
      else drop(route, `its condition is false: ${coded(when.text)}`);
    }
    if (!filter || drops.has(route.id)) continue;
    const passes = ask(filter, { name: `the filter of ${labelOf(route)}`, otherwise: true, routeId: route.id });
    if (!passes) drop(route, `its filter is false: ${coded(filter.text)}`);
  }
  for (const { route } of routes)
    if (route.otherwise && taken)
      drop(route, 'another route’s condition is true, and it takes only what no other does');
  return drops;
}

function labelOf({ platform, channelName }: Route): string {
  return `${platform} ${channelLabel(channelName)}`;
}

function named({ id, when, by }: Rule): string {
  return `\`${id}\` of ${by}: ${coded(when)}`;
}

function coded(text: string): string {
  return `\`${text.replaceAll('`', "'").replace(/\s+/g, ' ')}\``;
}
