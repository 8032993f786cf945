import { hash } from 'node:crypto';
import { AppError } from '../../../core/errors.ts';
import type { Endpoint } from '../../../core/settings/endpoint.ts';
import { describeRule } from '../../../core/settings/rule.ts';
import { describeConditions } from './describe-conditions.ts';

/** Names an endpoint's routes and rules as they are: whoever saves says what they began with. */
export function versionOf({ routes, rules = [] }: Endpoint): string {
  return hash('sha256', JSON.stringify([routes, rules])).slice(0, 12);
}

/** Throws `AppError` with what somebody else did where the routes or rules are no longer what somebody began with. */
export function checkVersion(version: string | undefined, endpoint: Endpoint): void {
  if (version === undefined || version === versionOf(endpoint)) return;
  const { name, routes, rules = [] } = endpoint;
  const edits = routes
    .filter(({ editedAt }) => editedAt)
    .map((route) => ({
      at: route.editedAt ?? '',
      text: `${route.editedBy} changed \`#${route.channelName}\`, which now has ${describeConditions(route) || 'no condition'}`,
    }));
  const made = rules.map((rule) => ({
    at: rule.createdAt,
    text: `${rule.by} made the rule that ${describeRule(rule)}`,
  }));
  const [last] = [...edits, ...made].toSorted((a, b) => b.at.localeCompare(a.at));
  throw new AppError(
    409,
    'changed_meanwhile',
    `The routes or rules of \`${name}\` were changed since you began, so nothing was saved.${last ? ` The latest change: ${last.text}.` : ''} Look at \`/webhook rules ${name}\`, then try yours again.`,
  );
}
