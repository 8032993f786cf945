import { useEffect, useState } from 'preact/hooks';
import type { CommandAction } from '../../core/message/message.ts';
import type { Live, PendingNews } from '../api/live.ts';
import { request } from '../api/request.ts';
import type { Endpoint } from '../api/shapes.ts';

export interface FirstDeliveryProps {
  readonly endpoint: { readonly id: string; readonly name: string };
  readonly live: Live;
  readonly onAction: (action: CommandAction) => void;
}

/** Says live whether the first delivery of a new endpoint has come, and from whom it seems to be. */
export function FirstDelivery({ endpoint: { id, name }, live, onAction }: FirstDeliveryProps) {
  const [news, setNews] = useState<PendingNews>();
  const [isNamed, setNamed] = useState(false);
  useEffect(() => {
    const ending = new AbortController();
    const stop = live.listen({
      pending: (each) => {
        if (each.endpoint === id) setNews(each);
      },
      // What came while the connection was lost, or before this was shown.
      opened: () => void load(),
    });
    async function load(): Promise<void> {
      try {
        const { endpoints } = await request<{ readonly endpoints: readonly Endpoint[] }>('/endpoints', {
          signal: ending.signal,
        });
        const now = endpoints.find((each) => each.id === id);
        setNamed(now?.pending === undefined);
        if (now?.pending?.held) setNews((known) => known ?? { endpoint: id });
      } catch {
        // The next delivery says it again, and the channel has a notice.
      }
    }
    void load();
    return () => {
      ending.abort();
      stop();
    };
  }, [id, live]);

  if (isNamed) return null;
  if (!news)
    return (
      <p class="first-delivery" role="status">
        <span class="waiting" aria-hidden="true" /> Waiting for the first delivery to {name}…
      </p>
    );
  return (
    <p class="first-delivery" role="status">
      <span class="dot dot-on" aria-hidden="true" /> {news.title ? `Received, it seems from ${news.title}` : 'Received'}{' '}
      <button
        type="button"
        class="primary"
        onClick={() => onAction({ label: 'Look at it', command: 'sender', options: { endpoint: id } })}
      >
        Look at it
      </button>
    </p>
  );
}
