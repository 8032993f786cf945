import { useEffect, useMemo, useState } from 'preact/hooks';
import { mayLeave } from './kit/leave-guard.ts';
import { parseRoute, type Route, toHash } from './route.ts';

export function useRoute(): Route {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const follow = () => {
      if (location.hash !== hash && !mayLeave(location.hash)) history.pushState(null, '', hash || '#/');
      else setHash(location.hash);
    };
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, [hash]);
  return useMemo(() => parseRoute(hash), [hash]);
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
