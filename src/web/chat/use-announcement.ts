import { useEffect, useState } from 'preact/hooks';
import type { Live } from '../api/live.ts';

/** What a screen reader says when a message arrives. */
export function useAnnouncement(channel: string, live: Live): string {
  const [text, setText] = useState('');
  useEffect(
    () =>
      live.listen({
        message: (news) => {
          if (news.change === 'added' && news.channel === channel) setText(`New message: ${news.message.text}`);
        },
      }),
    [channel, live],
  );
  return text;
}
