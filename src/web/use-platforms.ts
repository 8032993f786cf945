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
        opened: () =>
          request<Session>('/session').then(
            (session) => setPlatforms(session.platforms),
            // Everything else on the page says so when the session is over.
            () => undefined,
          ),
      }),
    [live],
  );
  return platforms;
}
