import type { TemplateScopeName } from '../../core/command/desks/template-desk.ts';
import type { Endpoint, EndpointRoute } from '../api/shapes.ts';
import type { TemplateRoute } from '../route.ts';

/** Which template is meant, as the API is asked for it. */
export type Place = {
  readonly endpoint: string;
  readonly type: string;
  readonly scope: TemplateScopeName;
  readonly route?: string;
};

/** Where a template can count, with the name that the page's address has for it. */
export interface Scope {
  readonly value: string;
  readonly title: string;
}

const ENDPOINT = 'endpoint';

/** Everywhere that a template of an endpoint can count, the narrowest first. */
export function scopesOf({ name, routes }: Endpoint): readonly Scope[] {
  return [
    ...routes.map((route) => ({ value: route.id, title: `Only in ${placeOf(route, routes)}` })),
    { value: ENDPOINT, title: `The endpoint ${name}` },
    { value: 'everyone', title: 'Everyone’s endpoints' },
  ];
}

export function scopeOf({ scope }: TemplateRoute, { routes }: Endpoint): string {
  if (scope === 'everyone' || routes.some(({ id }) => id === scope)) return scope ?? ENDPOINT;
  return ENDPOINT;
}

export function toPlace({ endpoint, type }: Pick<TemplateRoute, 'endpoint' | 'type'>, scope: string): Place {
  if (scope === ENDPOINT || scope === 'everyone') return { endpoint, type, scope };
  return { endpoint, type, scope: 'route', route: scope };
}

/** What a scope is called in the page's address. */
export function toAddress(scope: string): string | undefined {
  return scope === ENDPOINT ? undefined : scope;
}

/** Where a template counts, at the end of a sentence: `for the endpoint api`. */
export function describeScope(scope: string, { name, routes }: Endpoint): string {
  if (scope === 'everyone') return 'for everyone’s endpoints';
  const route = routes.find(({ id }) => id === scope);
  return route ? `for ${name} in ${placeOf(route, routes)}` : `for the endpoint ${name}`;
}

export function describeType(type: string): string {
  return type === '*' ? 'every type without a template of its own' : type;
}

/** A channel, with its platform where another one has a channel of that name too. */
function placeOf({ id, channelName, platform }: EndpointRoute, routes: readonly EndpointRoute[]): string {
  const isAmbiguous = routes.some((other) => other.id !== id && other.channelName === channelName);
  return `#${channelName}${isAmbiguous ? ` on ${platform}` : ''}`;
}
