import type { RuleDesk, TypedConditions } from '../../../core/command/desks/rule-desk.ts';
import type { Route } from '../../../core/settings/endpoint.ts';

type Given = TypedConditions & { readonly when?: string | undefined; readonly otherwise?: boolean | undefined };
type Conditions = { readonly [Part in 'filter' | 'when' | 'otherwise']?: Route[Part] | undefined };

const NONE = /^(?:none|off)$/i;

/** What options ask of a route's events, a part that is to go as nothing; nothing at all where they ask for no change. */
export function toConditions(
  { when, otherwise, filter, ...short }: Given,
  rules: Pick<RuleDesk, 'condition' | 'check'>,
): Conditions | undefined {
  const isGone = filter !== undefined && NONE.test(filter);
  const condition = rules.condition({ ...short, filter: isGone ? undefined : filter });
  const conditions = {
    ...((condition !== undefined || isGone) && { filter: condition }),
    ...(when !== undefined && { when: NONE.test(when) ? undefined : rules.check(when, 'when') }),
    ...(otherwise !== undefined && { otherwise: otherwise ? (true as const) : undefined }),
  };
  return Object.keys(conditions).length ? conditions : undefined;
}
