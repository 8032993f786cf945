import { sentenceMarkdown } from '../../../core/message/markdown/inline-code.ts';
import { escapeMarkdown, type Markdown, momentMarkdown } from '../../../core/message/message.ts';
import { placeLabel } from '../../../core/settings/channel.ts';
import type { Route } from '../../../core/settings/endpoint.ts';
import type { Rule } from '../../../core/settings/rule.ts';
import type { Settings } from '../../../core/settings/settings.ts';
import type { TemplateScope } from '../../../core/settings/template-override.ts';
import { DAY } from '../../../core/text/duration.ts';
import { describeConditions } from '../rules/describe-conditions.ts';
import { describeLook } from './look.ts';

/** For how many milliseconds it is worth saying whose conditions were replaced. */
const LATELY = 7 * DAY;

/** A route with what was asked for; what is asked to be nothing goes. */
export function withConditions(route: Route, asked: Asked): Route {
  const entries = Object.entries({ ...route, ...asked }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as unknown as Route; // Only optional parts can be nothing.
}

/** What is asked of a route: what is to go is nothing. */
export type Asked = { readonly [Part in keyof Omit<Route, 'id'>]?: Route[Part] | undefined };

/** Whose conditions are replaced by this change, where somebody made some lately. */
export function describeReplaced(route: Route, now: Date): readonly Markdown[] {
  const { editedBy, editedAt } = route;
  const had = describeConditions(route);
  if (!had || !editedBy || !editedAt || now.getTime() - Date.parse(editedAt) > LATELY) return [];
  return [
    `This replaces what ${escapeMarkdown(editedBy)} set ${momentMarkdown(new Date(editedAt), 'relative')}: ${sentenceMarkdown(had)}.`,
  ];
}

/** The rules that are left when routes go. */
export function withoutRulesOf(routes: readonly Route[], rules: readonly Rule[]): readonly Rule[] {
  return rules.filter(({ routeId }) => !routes.some(({ id }) => id === routeId));
}

/** What was written for a route goes with it. */
export function withoutTemplatesOf(routes: readonly Route[], settings: Settings): Settings {
  const isGone = ({ routeId }: TemplateScope) => routes.some(({ id }) => id === routeId);
  if (routes.length === 0) return settings;
  return {
    ...settings,
    templates: settings.templates.filter((template) => !isGone(template)),
    ...(settings.drafts && { drafts: settings.drafts.filter((draft) => !isGone(draft)) }),
  };
}

/** Whether somebody means a route by its platform and channel, as buttons name it. */
export function isNamed({ platform, channel, channelName }: Route, typed: string): boolean {
  return [`${platform}:${channel}`, `${platform}:#${channelName}`].includes(typed);
}

/** Routes as the audit keeps them. */
export function listOf(routes: readonly Route[]): string {
  return routes.map((route) => placeLabel(route) + describeLook(route)).join(', ') || 'no channel';
}
