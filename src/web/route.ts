export type Route =
  | { readonly view: 'chat'; readonly channel: string | undefined }
  | { readonly view: 'events'; readonly filter: EventFilter }
  | { readonly view: 'event'; readonly id: string }
  | { readonly view: 'refusals'; readonly endpoint: string | undefined }
  | { readonly view: 'gallery'; readonly provider: string | undefined }
  | { readonly view: 'lost' };

export interface EventFilter {
  readonly endpoint?: string;
  readonly state?: string;
  readonly q?: string;
}

/** Which view an address such as `#/events?state=failed` names. */
export function parseRoute(hash: string): Route {
  const [path = '', search = ''] = hash.replace(/^#?\/?/, '').split('?', 2);
  const [view, name] = path.split('/').map(decode);
  const query = new URLSearchParams(search);
  switch (view) {
    case '':
    case 'chat':
      return { view: 'chat', channel: name || undefined };
    case 'events':
      return name ? { view: 'event', id: name } : { view: 'events', filter: toFilter(query) };
    case 'refusals':
      return { view: 'refusals', endpoint: query.get('endpoint') ?? undefined };
    case 'gallery':
      return { view: 'gallery', provider: query.get('provider') ?? undefined };
    default:
      return { view: 'lost' };
  }
}

/** The address of a view: what `parseRoute` reads. */
export function toHash(route: Route): string {
  switch (route.view) {
    case 'chat':
      return route.channel ? `#/chat/${encodeURIComponent(route.channel)}` : '#/chat';
    case 'events':
      return `#/events${toSearch({ ...route.filter })}`;
    case 'event':
      return `#/events/${encodeURIComponent(route.id)}`;
    case 'refusals':
      return `#/refusals${toSearch({ endpoint: route.endpoint })}`;
    case 'gallery':
      return `#/gallery${toSearch({ provider: route.provider })}`;
    default:
      return '#/';
  }
}

function toFilter(query: URLSearchParams): EventFilter {
  const [endpoint, state, q] = ['endpoint', 'state', 'q'].map((name) => query.get(name));
  return { ...(endpoint && { endpoint }), ...(state && { state }), ...(q && { q }) };
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
