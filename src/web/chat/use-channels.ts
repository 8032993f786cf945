import { useEffect, useState } from 'preact/hooks';
import type { Live } from '../api/live.ts';
import { request } from '../api/request.ts';
import { useResource } from '../kit/use-resource.ts';

export const FIRST_CHANNEL = 'general';

/** The channels somebody may want to read: those that Bellhop knows, and the one shown. */
export function useChannels(current: string, live: Live) {
  const { content, reload } = useResource('channels', loadChannels);
  const [unread, setUnread] = useState<ReadonlyMap<string, number>>(new Map());
  const channels = [...new Set([FIRST_CHANNEL, ...(content ?? []), ...unread.keys(), current])].toSorted();

  useEffect(() => setUnread((now) => without(now, current)), [current]);
  useEffect(
    () =>
      live.listen({
        message: ({ channel, change }) => {
          if (change === 'added' && channel !== current)
            setUnread((now) => new Map(now).set(channel, (now.get(channel) ?? 0) + 1));
        },
        opened: reload,
      }),
    [live, current],
  );
  return { channels, unread, reload };
}

async function loadChannels(signal: AbortSignal): Promise<readonly string[]> {
  const { channels } = await request<{ readonly channels: readonly { readonly name: string }[] }>('/channels', {
    signal,
  });
  return channels.map(({ name }) => name);
}

function without(counts: ReadonlyMap<string, number>, channel: string): ReadonlyMap<string, number> {
  return counts.has(channel) ? new Map([...counts].filter(([name]) => name !== channel)) : counts;
}
