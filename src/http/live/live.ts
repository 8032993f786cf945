import type { ServerResponse } from 'node:http';
import { createRecentNews } from './recent-news.ts';

/** What is sent to open pages. */
export type NewsKind =
  | 'message'
  | 'read'
  | 'event'
  | 'platforms'
  | 'trial'
  | 'pending'
  | 'address'
  | 'refusal'
  | 'replay';

/** Sends what happens to every page that listens. */
export interface Live {
  send(event: NewsKind, data: unknown): void;
  /**
   * Takes over a response and keeps it open as server-sent events. A page that names the last it got is sent what
   * followed; where that is not known any more, `hello` says that it has to load anew.
   */
  open(response: ServerResponse, last?: string): void;
  /** Whether a page listens, or has just been lost and may come back. */
  readonly listening: boolean;
  close(): void;
}

const HEARTBEAT = 20_000;
/** A page that does not read is disconnected rather than kept in memory. */
const BACKLOG_LIMIT = 1024 * 1024;
/** Less than a page may leave unread: what it missed must not disconnect it again. */
const REMEMBERED = { entries: 1_000, size: BACKLOG_LIMIT / 4 } as const;
/** How long news are remembered when no page listens, in milliseconds: a reload or a short loss of the network. */
const AWAY = 120_000;

export function createLive(): Live {
  const pages = new Set<ServerResponse>();
  const recent = createRecentNews(REMEMBERED);
  let away: NodeJS.Timeout | undefined;
  // An event, not a comment: a page sees by it that its connection is not dead.
  const beat = setInterval(() => write(toText('beat', {})), HEARTBEAT);
  beat.unref();

  function write(text: string): void {
    for (const page of pages) {
      if (page.writableLength > BACKLOG_LIMIT) page.destroy();
      else page.write(text);
    }
  }

  function leave(page: ServerResponse): void {
    pages.delete(page);
    if (pages.size > 0) return;
    clearTimeout(away);
    away = setTimeout(() => {
      away = undefined;
      recent.forget();
    }, AWAY);
    away.unref();
  }

  const live: Live = {
    get listening() {
      return pages.size > 0 || away !== undefined;
    },
    send(event, data) {
      if (live.listening) write(recent.add((id) => toText(event, data, id)));
    },
    open(response, last) {
      const missed = last === undefined ? undefined : recent.after(last);
      clearTimeout(away);
      away = undefined;
      response.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
        'x-content-type-options': 'nosniff',
      });
      const hello = toText('hello', { resumed: missed !== undefined }, missed ? undefined : recent.lastId);
      response.write(`retry: 1000\n${hello}${missed?.join('') ?? ''}`);
      pages.add(response);
      response.on('close', () => leave(response));
    },
    close() {
      clearInterval(beat);
      clearTimeout(away);
      for (const page of pages) page.end();
    },
  };
  return live;
}

function toText(event: NewsKind | 'hello' | 'beat', data: unknown, id?: string): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
