import { useEffect, useRef, useState } from 'preact/hooks';
import type { Live } from '../../api/live.ts';
import { pageUser } from '../../api/run-command.ts';
import { useVisible } from '../../kit/hooks/use-visible.ts';
import type { Channel, Channels } from '../channels/use-channels.ts';

/** Where the messages begin that are new to the reader. It stays in sight until they leave the channel, so that nothing moves. */
export interface NewMark {
  /** The last message before them. */
  readonly after: string;
  readonly count: number;
}

export interface ReadingQuery {
  readonly channel: string;
  readonly opening: Channel;
  readonly channels: Channels;
  readonly live: Live;
  /** The newest message that is shown; `0` where there is none, nothing while none is loaded. */
  readonly newest: string | undefined;
  /** Whether the end of the channel is in sight. */
  readonly isAtEnd: boolean;
}

/** Milliseconds for which the end must be in sight to count as read. */
const REST = 1_000;

/** Notes how far the channel is read, and says what is new. */
export function useReading(query: ReadingQuery): NewMark | undefined {
  const { channel, opening, channels, live, newest, isAtEnd } = query;
  const [mark, setMark] = useState(() => toMark(opening));
  const [readTo, setReadTo] = useState(Number(opening.read ?? -1));
  const isReading = useVisible() && isAtEnd;
  const latest = useRef({ isReading, readTo, newest });
  latest.current = { isReading, readTo, newest };
  const isBehind = newest !== undefined && Number(newest) > readTo;

  useEffect(() => {
    channels.follow(isReading ? channel : undefined);
    return () => channels.follow(undefined);
  }, [isReading, channel]);

  useEffect(() => {
    if (!isReading || !isBehind) return;
    const timer = setTimeout(() => {
      const message = latest.current.newest ?? '0';
      // If it cannot be noted, the next message or the next visit says it again.
      channels.markRead(channel, message).then(
        () => setReadTo(Number(message)),
        () => undefined,
      );
    }, REST);
    return () => clearTimeout(timer);
  }, [isReading, isBehind, readTo, channel]);

  useEffect(
    () =>
      live.listen({
        message(news) {
          if (news.change !== 'added' || news.channel !== channel || latest.current.isReading) return;
          const before = String(Number(news.message.id) - 1);
          setMark((now) =>
            now && Number(now.after) >= latest.current.readTo
              ? { ...now, count: now.count + 1 }
              : { after: before, count: 1 },
          );
        },
        read(news) {
          if (news.user === pageUser() && news.channel === channel)
            setReadTo((now) => Math.max(now, Number(news.read)));
        },
      }),
    [live, channel],
  );
  return mark;
}

function toMark({ read, unread }: Channel): NewMark | undefined {
  return read && unread > 0 ? { after: read, count: unread } : undefined;
}
