import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Live } from '../api/live.ts';
import { request } from '../api/request.ts';
import type { ChatMessage } from '../api/shapes.ts';
import { messageOf } from '../kit/failure.tsx';

const PAGE = 50;

export interface Timeline {
  /** Newest last; nothing until the first page has arrived. */
  readonly messages: readonly ChatMessage[] | undefined;
  readonly problem: string | undefined;
  readonly more: boolean;
  readonly loadingOlder: boolean;
  readonly loadOlder: () => void;
  /** Asks for the newest messages again. */
  readonly refresh: () => Promise<void>;
}

interface State {
  readonly channel: string;
  readonly messages?: readonly ChatMessage[];
  readonly more: boolean;
  readonly problem?: string;
}

/** A channel's messages: the newest page, older ones on demand, and every change as it happens. */
export function useTimeline(channel: string, live: Live): Timeline {
  const [state, setState] = useState<State>({ channel, more: false });
  const [loadingOlder, setLoadingOlder] = useState(false);
  const current = state.channel === channel ? state : { channel, more: false };

  const refresh = useCallback(async () => {
    try {
      const page = await fetchPage(channel);
      setState((now) => ({
        channel,
        messages: merge(now.channel === channel ? now.messages : undefined, page),
        more: now.channel === channel && now.messages ? now.more : page.length === PAGE,
      }));
    } catch (error) {
      setState((now) => ({ ...(now.channel === channel ? now : { channel, more: false }), problem: messageOf(error) }));
    }
  }, [channel]);

  useEffect(() => {
    void refresh();
    return live.listen({
      message: (news) => {
        if (news.channel !== channel) return;
        setState((now) =>
          now.channel === channel && now.messages ? { ...now, messages: merge(now.messages, [news.message]) } : now,
        );
      },
      opened: () => void refresh(),
    });
  }, [refresh, live]);

  async function loadOlder(): Promise<void> {
    const before = current.messages?.[0]?.id;
    if (!before || loadingOlder) return;
    setLoadingOlder(true);
    try {
      const page = await fetchPage(channel, before);
      setState((now) =>
        now.channel === channel
          ? { ...now, messages: [...page, ...(now.messages ?? [])], more: page.length === PAGE }
          : now,
      );
    } catch (error) {
      setState((now) => ({ ...now, problem: messageOf(error) }));
    }
    setLoadingOlder(false);
  }

  return { messages: current.messages, problem: current.problem, more: current.more, loadingOlder, loadOlder, refresh };
}

async function fetchPage(channel: string, before?: string): Promise<readonly ChatMessage[]> {
  const path = `/channels/${encodeURIComponent(channel)}/messages`;
  const { messages } = await request<{ readonly messages: readonly ChatMessage[] }>(path, {
    query: { before, limit: String(PAGE) },
  });
  return messages;
}

/** Newer versions take the place of older ones; what is new comes last. */
function merge(known: readonly ChatMessage[] = [], news: readonly ChatMessage[]): readonly ChatMessage[] {
  const byId = new Map([...known, ...news].map((message) => [message.id, message]));
  return [...byId.values()];
}
