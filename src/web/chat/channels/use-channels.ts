import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Live } from '../../api/live.ts';
import { request } from '../../api/request.ts';
import { pageUser } from '../../api/run-command.ts';
import { useResource } from '../../kit/use-resource.ts';

export const FIRST_CHANNEL = 'general';

/** A channel as whoever uses this page has left it. */
export interface Channel {
  readonly name: string;
  /** The newest message that they have read. */
  readonly read?: string | null;
  readonly unread: number;
}

export interface Channels {
  /** In natural order, so that none changes its place while somebody aims at it; nothing until they are loaded. */
  readonly all: readonly Channel[] | undefined;
  readonly reload: () => void;
  /** Says which channel is being read to its end, so that what comes there is not new. */
  readonly follow: (channel: string | undefined) => void;
  readonly markRead: (channel: string, message: string) => Promise<void>;
}

const natural = new Intl.Collator('en', { numeric: true });

/** The channels somebody may want to read: those that Bellhop knows, and the one shown. */
export function useChannels(current: string, live: Live): Channels {
  const { content, problem, reload } = useResource('channels', loadChannels);
  const [changes, setChanges] = useState<ReadonlyMap<string, Partial<Channel>>>(new Map());
  const followed = useRef<string | undefined>(undefined);
  useEffect(() => setChanges(new Map()), [content]);
  const all = useMemo(() => {
    if (!content && !problem) return undefined;
    const known = new Map((content ?? []).map((channel) => [channel.name, channel]));
    const names = new Set([FIRST_CHANNEL, ...known.keys(), ...changes.keys(), current]);
    return [...names]
      .toSorted(natural.compare)
      .map((name) => ({ name, unread: 0, ...known.get(name), ...changes.get(name) }));
  }, [content, problem, changes, current]);
  const loaded = useRef(content);
  loaded.current = content;

  useEffect(
    () =>
      live.listen({
        message({ channel, change, message }) {
          if (change !== 'added' || channel === followed.current) return;
          const before = loaded.current?.find(({ name }) => name === channel);
          setChanges((now) => {
            const { unread = 0, read } = { ...before, ...now.get(channel) };
            // Whoever has read nowhere yet has read all that was there.
            return new Map(now).set(channel, { unread: unread + 1, read: read ?? String(Number(message.id) - 1) });
          });
        },
        read({ user, channel, read, unread }) {
          if (user === pageUser()) setChanges((now) => new Map(now).set(channel, { read, unread }));
        },
        opened: reload,
      }),
    [live],
  );

  const follow = useCallback((channel: string | undefined) => {
    followed.current = channel;
  }, []);
  return { all, reload, follow, markRead };
}

async function markRead(channel: string, message: string): Promise<void> {
  await request(`/channels/${encodeURIComponent(channel)}/read`, {
    method: 'PUT',
    body: { message, user: pageUser() },
  });
}

async function loadChannels(signal: AbortSignal): Promise<readonly Channel[]> {
  const found: Channel[] = [];
  for (let after: string | undefined; ; ) {
    const { channels, next } = await request<{ readonly channels: readonly Channel[]; readonly next?: string }>(
      '/channels',
      { query: { user: pageUser(), after }, signal },
    );
    found.push(...channels);
    if (next === undefined) return found;
    after = next;
  }
}
