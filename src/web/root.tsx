import { useMemo } from 'preact/hooks';
import { createLive } from './api/live.ts';
import { RequestError, request } from './api/request.ts';
import type { Session } from './api/shapes.ts';
import { App } from './app.tsx';
import { loadDrawer } from './draw/drawing.tsx';
import { rememberedLook } from './draw/look-switch.tsx';
import { Empty } from './kit/empty.tsx';
import { Failure } from './kit/failure.tsx';
import { Skeleton } from './kit/skeleton.tsx';
import { useResource } from './kit/use-resource.ts';

type Answer = { readonly session: Session } | { readonly session: undefined };

/** The whole page, for those who are signed in and those who are not. */
export function Root() {
  const { content, problem, reload } = useResource('session', loadSession);
  if (content?.session) return <SignedIn session={content.session} />;
  return (
    <main class="door">
      <img src="/bell.svg" alt="" width="48" height="48" />
      {problem && <Failure message={problem} onRetry={reload} />}
      {!content && !problem && <Skeleton rows={2} label="Loading" />}
      {content && <NotSignedIn />}
    </main>
  );
}

function SignedIn({ session }: { readonly session: Session }) {
  const live = useMemo(() => createLive(), []);
  return <App session={session} live={live} />;
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

async function loadSession(signal: AbortSignal): Promise<Answer> {
  try {
    // Until it is there a message is one line, and what stands below would move.
    const [session] = await Promise.all([
      request<Session>('/session', { signal }),
      loadDrawer(rememberedLook()).catch(() => undefined),
    ]);
    return { session };
  } catch (error) {
    if (error instanceof RequestError && error.status === 401) return { session: undefined };
    throw error;
  }
}
