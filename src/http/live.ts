import type { ServerResponse } from 'node:http';

/** Sends what happens to every page that listens. */
export interface Live {
  send(event: 'message' | 'event' | 'platforms' | 'trial' | 'pending' | 'address' | 'refusal', data: unknown): void;
  /** Takes over a response and keeps it open as server-sent events. */
  open(response: ServerResponse): void;
  readonly listeners: number;
  close(): void;
}

const HEARTBEAT = 20_000;
/** A page that does not read is disconnected rather than kept in memory. */
const BACKLOG_LIMIT = 1024 * 1024;

export function createLive(): Live {
  const pages = new Set<ServerResponse>();
  const beat = setInterval(() => write(': still here\n\n'), HEARTBEAT);
  beat.unref();

  function write(text: string): void {
    for (const page of pages) {
      if (page.writableLength > BACKLOG_LIMIT) page.destroy();
      else page.write(text);
    }
  }

  return {
    get listeners() {
      return pages.size;
    },
    send(event, data) {
      if (pages.size) write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    },
    open(response) {
      response.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
        'x-content-type-options': 'nosniff',
      });
      response.write('retry: 1000\nevent: hello\ndata: {}\n\n');
      pages.add(response);
      response.on('close', () => pages.delete(response));
    },
    close() {
      clearInterval(beat);
      for (const page of pages) page.end();
    },
  };
}
