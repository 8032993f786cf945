import type { SettingsChange } from '../../../core/command/changes.ts';
import { OptionError } from '../../../core/errors.ts';
import { isSamePlace, type Place, placeLabel } from '../../../core/settings/channel.ts';
import type { Endpoint, Route } from '../../../core/settings/endpoint.ts';
import { endpointNow, withEndpoint } from '../../../core/settings/endpoint-lookup.ts';
import type { Settings } from '../../../core/settings/settings.ts';
import { checkVersion } from '../rules/version.ts';
import { type Asked, listOf, withConditions, withoutRulesOf, withoutTemplatesOf } from './change-routes.ts';
import { describeLook } from './look.ts';

const MOST_ROUTES = 20;

/** A channel that somebody wants an endpoint to have, as they want it, or to have no longer. */
export interface AskedRoute {
  readonly action: 'add' | 'remove';
  readonly place: Place;
  /** What the caller calls a place. */
  readonly describe: (place: Place) => string;
  /** The id of its route where it has none yet. */
  readonly id: string;
  /** What is to be so; nothing where only the channel is named. */
  readonly asked: Asked | undefined;
  /** What the change began with, as `versionOf` says it. */
  readonly version: string | undefined;
}

export interface PlannedRoute {
  readonly endpoint: Endpoint;
  /** The route as it was, where one was changed. */
  readonly before: Route | undefined;
}

/** The change that gives an endpoint a channel, or takes it away. Throws `OptionError` where that cannot be. */
export function planRoute(known: Endpoint, wanted: AskedRoute): (settings: Settings) => SettingsChange<PlannedRoute> {
  return (current) => {
    const endpoint = endpointNow(current, known);
    const { id, name } = endpoint;
    checkVersion(wanted.version, endpoint);
    const before = endpoint.routes.find((route) => isSamePlace(route, wanted.place));
    const change = wanted.action === 'add' ? added : removed;
    const { routes, done } = change(endpoint, before, wanted);
    const gone = endpoint.routes.filter((route) => !routes.some((left) => left.id === route.id));
    const { rules } = endpoint;
    const after = { ...endpoint, routes, ...(rules && { rules: withoutRulesOf(gone, rules) }) };
    return {
      change: {
        action: 'route',
        endpointId: id,
        detail: `${done} ${name}`,
        before: listOf(endpoint.routes),
        after: listOf(routes),
      },
      settings: withoutTemplatesOf(gone, withEndpoint(current, after)),
      result: { endpoint: after, before },
    };
  };
}

interface Changed {
  readonly routes: readonly Route[];
  /** What was done, for the audit, up to the endpoint's name. */
  readonly done: string;
}

function added({ name, routes }: Endpoint, before: Route | undefined, wanted: AskedRoute): Changed {
  const { place, describe, id, asked } = wanted;
  if (before && !asked) {
    const message = `\`${name}\` posts in ${describe(place)} already.`;
    throw new OptionError('channel', message, { code: 'already_there', status: 409 });
  }
  if (!before && routes.length >= MOST_ROUTES)
    throw new OptionError('channel', `\`${name}\` has ${MOST_ROUTES} channels already, which is the most.`);
  const route = withConditions(before ?? { ...place, id }, asked ?? {});
  const other = routes.find(({ otherwise, id: otherId }) => otherwise && otherId !== route.id);
  if (route.otherwise && other) {
    const message = `\`${name}\` has an \`otherwise\` channel already, ${describe(other)}, and one is the most.`;
    throw new OptionError('otherwise', message);
  }
  return {
    routes: before ? routes.map((each) => (each === before ? route : each)) : [...routes, route],
    done: `added ${placeLabel(place)}${describeLook(route)} to`,
  };
}

function removed({ name, routes }: Endpoint, before: Route | undefined, { place, describe }: AskedRoute): Changed {
  if (!before) {
    const message = `\`${name}\` does not post in ${describe(place)}.`;
    throw new OptionError('channel', message, { code: 'not_found', status: 404 });
  }
  return { routes: routes.filter((route) => route !== before), done: `removed ${placeLabel(place)} from` };
}
