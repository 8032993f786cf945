import type { Route } from './route.ts';

/** What the browser calls a view: in its tab, its history and its bookmarks. Before it stands how many messages are unread in all channels. */
export function pageTitle(route: Route, channel: string, unread: number): string {
  return `${unread > 0 ? `(${unread}) ` : ''}${nameOf(route, channel)} · Bellhop`;
}

function nameOf(route: Route, channel: string): string {
  switch (route.view) {
    case 'chat':
      return `#${channel}`;
    case 'event':
      return `Event ${route.id}`;
    case 'endpoint':
      return route.name;
    case 'gallery':
      return 'Gallery of messages';
    case 'refusals':
      return ofEndpoint('Refused deliveries', route.endpoint);
    case 'mutes':
      return ofEndpoint('Mutes', route.endpoint);
    case 'audit':
      return ofEndpoint('Audit', route.endpoint);
    case 'templates':
      return ofEndpoint('Templates', route.endpoint);
    case 'template':
      return `Template of ${route.type}`;
    case 'providers':
      return route.name === undefined ? 'Providers' : `Provider ${route.name}`;
    case 'help':
      return route.page === undefined ? 'Help' : `Help: ${route.page.replaceAll('-', ' ')}`;
    case 'lost':
      return 'No such page';
    default:
      return `${route.view.charAt(0).toUpperCase()}${route.view.slice(1)}`;
  }
}

function ofEndpoint(name: string, endpoint: string | undefined): string {
  return endpoint ? `${name} of ${endpoint}` : name;
}
