import type { Route } from './route.ts';

const NAMES: Readonly<Record<Route['view'], string>> = {
  chat: 'Chat',
  events: 'Events',
  event: 'Event',
  refusals: 'Refused deliveries',
  gallery: 'Gallery of messages',
  providers: 'Providers',
  help: 'Help',
  templates: 'Templates',
  template: 'Template',
  lost: 'No such page',
};

/** What the browser calls a view in its tabs and its history, the particular first. */
export function pageTitle(route: Route, channel: string): string {
  const name = NAMES[route.view];
  if (route.view === 'chat') return `#${channel} · Bellhop`;
  if (route.view === 'event') return `${name} ${route.id} · Bellhop`;
  return `${name} · Bellhop`;
}
