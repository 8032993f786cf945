import { useEffect, useState } from 'preact/hooks';
import { parseRoute, type Route, toHash } from './route.ts';

export function useRoute(): Route {
  const [route, setRoute] = useState(() => parseRoute(location.hash));
  useEffect(() => {
    const follow = () => setRoute(parseRoute(location.hash));
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return route;
}

/** Goes to a view; `replace` leaves no step back, as for a filter that changes with every key. */
export function goTo(route: Route, { replace = false } = {}): void {
  if (!replace) {
    location.hash = toHash(route);
    return;
  }
  history.replaceState(null, '', toHash(route));
  dispatchEvent(new HashChangeEvent('hashchange'));
}
