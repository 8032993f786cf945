import { useEffect, useMemo } from 'preact/hooks';
import { createLive, type Live } from './api/live.ts';
import { RequestError, request } from './api/request.ts';
import type { Session } from './api/shapes.ts';
import { App } from './app.tsx';
import { Empty } from './kit/empty.tsx';
import { Failure } from './kit/failure.tsx';
import { Skeleton } from './kit/skeleton.tsx';
import { useResource } from './kit/use-resource.ts';

type Answer = { readonly session: Session } | { readonly session: undefined };

/** The whole page, for those who are signed in and those who are not. */
export function Root() {
  const live = useMemo(createLive, []);
  const { content, problem, reload } = useResource('session', (signal) => loadSession(live, signal));
  useEffect(() => {
    if (content && !content.session) live.close();
  }, [content, live]);
  if (content?.session) return <App session={content.session} live={live} />;
  return (
    <main class="door">
      <img src="/bell.svg" alt="" width="48" height="48" />
      {problem && <Failure message={problem} onRetry={reload} />}
      {!content && !problem && <Skeleton rows={2} label="Loading" />}
      {content && <NotSignedIn />}
    </main>
  );
}

function NotSignedIn() {
  return (
    <Empty title="You are not signed in" alone>
      <p>
        Open the sign-in link that <code>npm start</code> printed in the terminal. It works once;{' '}
        <code>bellhop sign-in</code> prints a new one, and so does every start.
      </p>
    </Empty>
  );
}

async function loadSession(live: Live, signal: AbortSignal): Promise<Answer> {
  try {
    const [session] = await Promise.all([request<Session>('/session', { signal }), live.ready]);
    return { session };
  } catch (error) {
    if (error instanceof RequestError && error.status === 401) return { session: undefined };
    throw error;
  }
}
