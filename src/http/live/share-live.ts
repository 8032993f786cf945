import type { Bus } from '../../core/cluster.ts';
import type { Live, NewsKind } from './live.ts';

const LIVE = 'live';
/** What each node sends to its own pages, because each of them hears of it in another way, or has its own. */
const OWN: ReadonlySet<NewsKind> = new Set(['message', 'event', 'platforms', 'address']);

interface LiveWord {
  readonly event: NewsKind;
  readonly data: unknown;
}

/** Sends what happens on one node to the pages of all. */
export function shareLive(live: Live, bus: Bus): Live {
  bus.on(LIVE, (word) => {
    const { event, data } = word as LiveWord;
    live.send(event, data);
  });
  return {
    get listening() {
      return live.listening;
    },
    open: live.open,
    close: live.close,
    send(event, data) {
      live.send(event, data);
      if (!OWN.has(event)) bus.send(LIVE, { event, data } satisfies LiveWord);
    },
  };
}
