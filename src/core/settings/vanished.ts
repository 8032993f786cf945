import { channelLabel } from './channel.ts';
import type { Endpoint } from './endpoint.ts';
import { describeMatch } from './mute.ts';
import type { Settings } from './settings.ts';

/** Something that an edit of the settings file removed. */
export interface VanishedPart {
  /** What it was, as people know it: `the mute source=acme/api of `api-alerts``. Never holds a secret. */
  readonly what: string;
  /** The endpoint that it was or belonged to, as it was. */
  readonly endpoint?: Pick<Endpoint, 'id' | 'name' | 'routes'>;
}

/** What an edit of the settings file removed. */
export interface Vanished {
  readonly parts: readonly VanishedPart[];
  /** The name of the file, beside the settings file, that still holds all of it. */
  readonly backup: string;
}

/** What was in the settings and no longer is. What would have ended by now is not missed. */
export function findVanished(before: Settings, after: Settings, now: Date): readonly VanishedPart[] {
  const lasts = (until: string | undefined) => until === undefined || Date.parse(until) > now.getTime();
  const endpoints = new Map(before.endpoints.map((endpoint) => [endpoint.id, endpoint]));
  const stays = (id: string | undefined) => id === undefined || after.endpoints.some((endpoint) => endpoint.id === id);
  const mutes = missing(before.mutes, after.mutes, ({ id }) => id);
  const templates = missing(before.templates, after.templates, ({ provider, type, endpointId, routeId }) =>
    JSON.stringify([provider, type, endpointId, routeId]),
  );
  return [
    ...missing(before.endpoints, after.endpoints, ({ id }) => id).map((endpoint) =>
      toPart(`the endpoint \`${endpoint.name}\``, endpoint),
    ),
    ...after.endpoints.flatMap((endpoint) => missingOf(endpoints.get(endpoint.id), endpoint)),
    // What belonged to an endpoint went with it.
    ...mutes
      .filter(({ endpointId, until }) => stays(endpointId) && lasts(until))
      .map((mute) => toPartOf(endpoints.get(mute.endpointId), `the mute ${describeMatch(mute)}`)),
    ...templates
      .filter(({ endpointId, source }) => stays(endpointId) && source !== undefined)
      .map(({ provider, type, endpointId }) =>
        toPartOf(endpoints.get(endpointId ?? ''), `the template \`${provider}/${type}\``),
      ),
    ...missing(before.people, after.people, ({ name }) => name).map(({ name }) => toPart(`the person ${name}`)),
    ...missing(before.admins, after.admins).map((admin) => toPart(`the admin ${admin}`)),
    ...missing(before.servers ?? [], after.servers ?? []).map((server) => toPart(`the server ${server}`)),
    ...missing(Object.keys(before.zones ?? {}), Object.keys(after.zones ?? {})).map((person) =>
      toPart(`the time zone of ${person}`),
    ),
  ];

  function missingOf(was: Endpoint | undefined, is: Endpoint): readonly VanishedPart[] {
    if (!was) return [];
    const secrets = missing(was.secrets, is.secrets, ({ id }) => id).filter(({ expiresAt }) => lasts(expiresAt));
    return [
      ...missing(was.routes, is.routes, ({ id }) => id).map(
        ({ platform, channelName }) => `the route to ${platform} ${channelLabel(channelName)}`,
      ),
      ...secrets.map(({ createdAt }) => `the secret made at ${createdAt}`),
      ...missing(was.owners, is.owners).map((owner) => `the owner ${owner}`),
    ].map((what) => toPartOf(was, what));
  }
}

function toPartOf(endpoint: Endpoint | undefined, what: string): VanishedPart {
  return endpoint ? toPart(`${what} of \`${endpoint.name}\``, endpoint) : toPart(what);
}

function toPart(what: string, endpoint?: Endpoint): VanishedPart {
  if (!endpoint) return { what };
  const { id, name, routes } = endpoint;
  return { what, endpoint: { id, name, routes } };
}

function missing<Item>(
  before: readonly Item[],
  after: readonly Item[],
  keyOf: (item: Item) => unknown = (item) => item,
): readonly Item[] {
  const left = new Set(after.map(keyOf));
  return before.filter((item) => !left.has(keyOf(item)));
}
