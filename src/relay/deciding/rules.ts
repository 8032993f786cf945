import type { Endpoint } from '../../core/settings/endpoint.ts';
import type { Mute } from '../../core/settings/mute.ts';
import type { Person } from '../../core/settings/person.ts';
import type { Settings } from '../../core/settings/settings.ts';
import { type Conditions, toConditions } from './conditions.ts';
import { addTo, longest, type MuteIndex, type MuteQuestion } from './mute-index.ts';
import { type RouteHold, toRouteHolds } from './route-holds.ts';

/** Settings made ready for deciding: built once for each settings object, so that a decision looks up instead of searching. */
export interface Rules {
  endpoint(id: string): Endpoint | undefined;
  readonly people: readonly Person[];
  /** What an endpoint's rules and routes ask of its events; nothing where they ask nothing. */
  conditions(endpointId: string): Conditions | undefined;
  /** The routes of an endpoint that hold some of their events, by their ids; nothing where none does. */
  holds(endpointId: string): ReadonlyMap<string, RouteHold> | undefined;
  /** The mute that holds this longest, if any does at this moment. Asked only where there are mutes. */
  mute(endpointId: string, ask: () => MuteQuestion): Mute | undefined;
  /** The endpoints that have to fire for some mute to hold. */
  readonly watched: readonly string[];
}

const cache = new WeakMap<Settings, Rules>();

export function toRules(settings: Settings): Rules {
  const known = cache.get(settings);
  if (known) return known;
  const endpoints = new Map(settings.endpoints.map((endpoint) => [endpoint.id, endpoint]));
  const indexes = new Map<string, MuteIndex>();
  for (const mute of settings.mutes) {
    const index = indexes.get(mute.endpointId) ?? { always: [], byField: new Map() };
    addTo(index, mute);
    indexes.set(mute.endpointId, index);
  }
  const ofEndpoint = <T>(make: (endpoint: Endpoint) => T | undefined) => {
    const made = new Map<string, T | undefined>();
    return (id: string) => {
      const endpoint = endpoints.get(id);
      if (!made.has(id)) made.set(id, endpoint && make(endpoint));
      return made.get(id);
    };
  };
  const rules: Rules = {
    endpoint: (id) => endpoints.get(id),
    conditions: ofEndpoint(toConditions),
    holds: ofEndpoint(({ routes }) => toRouteHolds(routes)),
    people: settings.people,
    mute(endpointId, ask) {
      const index = indexes.get(endpointId);
      return index && longest(index, ask());
    },
    watched: [...new Set(settings.mutes.flatMap((mute) => mute.while?.endpointId ?? []))],
  };
  cache.set(settings, rules);
  return rules;
}
