import { useState } from 'preact/hooks';
import { request } from '../api/request.ts';
import { asker } from '../api/run-command.ts';
import type { EventDetail } from '../api/shapes.ts';
import { messageOf } from '../kit/failure.tsx';

/** Has what waits after a failure, or was given up, be posted now. */
export function TryNow({ event: { id, posts } }: { readonly event: Pick<EventDetail, 'id' | 'posts'> }) {
  const [said, setSaid] = useState('');
  const failed = posts.filter(({ state, error }) => state === 'failed' || (state === 'due' && error));

  async function retry(): Promise<void> {
    try {
      const { retried } = await request<{ readonly retried: number }>(`/events/${encodeURIComponent(id)}/retry`, {
        body: asker(),
      });
      setSaid(retried === 1 ? '1 message is tried now.' : `${retried} messages are tried now.`);
    } catch (error) {
      setSaid(messageOf(error));
    }
  }

  return (
    <>
      {failed.length > 0 && (
        <button type="button" class="primary" onClick={retry}>
          Retry now
        </button>
      )}
      <span class="said" role="status">
        {said}
      </span>
    </>
  );
}
