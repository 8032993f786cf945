import { useEffect, useState } from 'preact/hooks';
import type { Live } from './api/live.ts';
import { request } from './api/request.ts';
import type { PlatformState, Session } from './api/shapes.ts';

/** How the platforms are, from what the session said until this moment. */
export function usePlatforms(first: readonly PlatformState[], live: Live): readonly PlatformState[] {
  const [platforms, setPlatforms] = useState(first);
  useEffect(
    () =>
      live.listen({
        platforms: (news) => setPlatforms(news.platforms),
        restored: () =>
          request<Session>('/session').then(
            (session) => setPlatforms(session.platforms),
            // Whoever is signed out by now is told so by everything else on the page.
            () => undefined,
          ),
      }),
    [live],
  );
  return platforms;
}
