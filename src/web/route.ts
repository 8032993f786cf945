export type Route =
  | { readonly view: 'chat'; readonly channel: string | undefined; readonly message?: string | undefined }
  | { readonly view: 'events'; readonly filter: EventFilter }
  | { readonly view: 'event'; readonly id: string; readonly filter?: EventFilter }
  | { readonly view: 'endpoints' }
  | { readonly view: 'endpoint'; readonly name: string }
  | { readonly view: 'mutes'; readonly endpoint: string | undefined }
  | { readonly view: 'audit'; readonly endpoint: string | undefined }
  | { readonly view: 'refusals'; readonly endpoint: string | undefined }
  | { readonly view: 'gallery'; readonly provider: string | undefined }
  | { readonly view: 'providers'; readonly word: string | undefined; readonly name: string | undefined }
  | { readonly view: 'templates'; readonly endpoint: string | undefined }
  | TemplateRoute
  | { readonly view: 'help'; readonly page: string | undefined }
  | { readonly view: 'lost' };

/** One template in the editor. */
export interface TemplateRoute {
  readonly view: 'template';
  readonly endpoint: string;
  readonly type: string;
  /** Where it counts: `everyone`, or the id of one of the endpoint's routes; the endpoint when absent. */
  readonly scope: string | undefined;
  /** The event that is shown beside it. */
  readonly event: string | undefined;
}

export interface EventFilter {
  readonly endpoint?: string;
  readonly state?: string;
  readonly severity?: string;
  readonly source?: string;
  readonly type?: string;
  readonly actor?: string;
  /** Days, such as `2026-03-01`, on the clock of this browser. */
  readonly since?: string;
  readonly until?: string;
  readonly q?: string;
  /** Words of the body. */
  readonly body?: string;
  /** The events of one delivery. */
  readonly batch?: string;
}

/** Which view an address such as `#/events?state=failed` names. */
export function parseRoute(hash: string): Route {
  const [path = '', search = ''] = hash.replace(/^#?\/?/, '').split('?', 2);
  const [view, name, detail] = path.split('/').map(decode);
  const query = new URLSearchParams(search);
  switch (view) {
    case '':
    case 'chat':
      return { view: 'chat', channel: name || undefined, ...(/^\d{1,15}$/.test(detail ?? '') && { message: detail }) };
    case 'events':
      return name ? { view: 'event', id: name, filter: toFilter(query) } : { view: 'events', filter: toFilter(query) };
    case 'endpoints':
      return name ? { view: 'endpoint', name } : { view: 'endpoints' };
    case 'mutes':
    case 'audit':
      return { view, endpoint: query.get('endpoint') ?? undefined };
    case 'refusals':
      return { view: 'refusals', endpoint: query.get('endpoint') ?? undefined };
    case 'gallery':
      return { view: 'gallery', provider: query.get('provider') ?? undefined };
    case 'providers':
      return { view: 'providers', word: query.get('word') ?? undefined, name: name || undefined };
    case 'help':
      return { view: 'help', page: name || undefined };
    case 'templates':
      if (!name || !detail) return { view: 'templates', endpoint: name || undefined };
      return {
        view: 'template',
        endpoint: name,
        type: detail,
        scope: query.get('for') ?? undefined,
        event: query.get('event') ?? undefined,
      };
    default:
      return { view: 'lost' };
  }
}

/** The address of a view: what `parseRoute` reads. */
export function toHash(route: Route): string {
  switch (route.view) {
    case 'chat':
      return `#/chat${route.channel ? `/${encodeURIComponent(route.channel)}` : ''}${route.message ? `/${route.message}` : ''}`;
    case 'events':
      return `#/events${toSearch({ ...route.filter })}`;
    case 'event':
      return `#/events/${encodeURIComponent(route.id)}${toSearch({ ...route.filter })}`;
    case 'endpoints':
      return '#/endpoints';
    case 'endpoint':
      return `#/endpoints/${encodeURIComponent(route.name)}`;
    case 'mutes':
    case 'audit':
      return `#/${route.view}${toSearch({ endpoint: route.endpoint })}`;
    case 'refusals':
      return `#/refusals${toSearch({ endpoint: route.endpoint })}`;
    case 'gallery':
      return `#/gallery${toSearch({ provider: route.provider })}`;
    case 'providers':
      return `#/providers${route.name ? `/${encodeURIComponent(route.name)}` : ''}${toSearch({ word: route.word })}`;
    case 'help':
      return route.page ? `#/help/${encodeURIComponent(route.page)}` : '#/help';
    case 'templates':
      return route.endpoint ? `#/templates/${encodeURIComponent(route.endpoint)}` : '#/templates';
    case 'template':
      return `#/templates/${encodeURIComponent(route.endpoint)}/${encodeURIComponent(route.type)}${toSearch({ for: route.scope, event: route.event })}`;
    default:
      return '#/';
  }
}

const FILTERS = [
  'endpoint',
  'state',
  'severity',
  'source',
  'type',
  'actor',
  'since',
  'until',
  'q',
  'body',
  'batch',
] as const;

function toFilter(query: URLSearchParams): EventFilter {
  return Object.fromEntries(FILTERS.flatMap((name) => (query.get(name) ? [[name, query.get(name)]] : [])));
}

function toSearch(values: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(values).filter((pair): pair is [string, string] => Boolean(pair[1]));
  return given.length > 0 ? `?${new URLSearchParams(given)}` : '';
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
