import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Live } from '../../api/live.ts';
import { createTimeline, type Timeline, type TimelineState } from './create-timeline.ts';
import { fetchMessages } from './fetch-messages.ts';

export interface TimelineQuery {
  readonly channel: string;
  readonly live: Live;
  readonly isFollowing: () => boolean;
}

/** The part of a channel that is shown, up to date with what happens. It shows nothing before somebody says what to load. */
export function useTimeline({ channel, live, isFollowing }: TimelineQuery): TimelineState & Timeline {
  const [state, setState] = useState<TimelineState>({});
  const following = useRef(isFollowing);
  following.current = isFollowing;
  const timeline = useMemo(
    () =>
      createTimeline({
        fetch: (place) => fetchMessages(channel, place),
        isFollowing: () => following.current(),
        onChange: setState,
      }),
    [channel],
  );

  useEffect(
    () =>
      live.listen({
        message(news) {
          if (news.channel === channel) timeline.hear(news.message);
        },
        opened: () => void timeline.catchUp(),
      }),
    [timeline, live],
  );

  return { ...state, ...timeline };
}
