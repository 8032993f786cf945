import type { ReplayRun } from '../../core/command/desks/replay-desk.ts';
import type { ChatMessage, EventSummary, PlatformState } from './shapes.ts';

export interface LiveListener {
  readonly message?: (news: MessageNews) => void;
  /** Somebody has read a channel, here or on another page. */
  readonly read?: (news: ReadNews) => void;
  readonly event?: (news: { readonly event: EventSummary }) => void;
  readonly platforms?: (news: { readonly platforms: readonly PlatformState[] }) => void;
  readonly pending?: (news: PendingNews) => void;
  /** A delivery to the endpoint with this id was refused. */
  readonly refusal?: (news: { readonly endpoint: string }) => void;
  readonly trial?: (news: TrialNews) => void;
  /** A run of replays has begun, gone on or ended. */
  readonly replay?: (news: { readonly replay: ReplayRun }) => void;
  /** The settings changed, and with them perhaps the address at which providers reach Bellhop. */
  readonly address?: (news: { readonly url: string }) => void;
  /** The connection is open, for the first time or after a break of which not all is known: what was loaded before may be out of date. */
  readonly opened?: () => void;
  readonly connected?: (connected: boolean) => void;
}

export interface MessageNews {
  readonly channel: string;
  readonly message: ChatMessage;
  readonly change: 'added' | 'edited';
}

/** How far somebody has read a channel. */
export interface ReadNews {
  readonly user: string;
  readonly channel: string;
  readonly read: string;
  readonly unread: number;
}

/** An endpoint that was made without a provider has its first delivery. */
export interface PendingNews {
  readonly endpoint: string;
  /** Who it looks like. */
  readonly title?: string;
}

/** A change is tried on stored events. */
export interface TrialNews {
  readonly endpoint: string;
  /** How many so far. */
  readonly events: number;
}

export interface Live {
  /** Listens to what happens until the returned function is called. */
  listen(listener: LiveListener): () => void;
  /**
   * Resolves once the first connection is open, or failed, or takes long. What is loaded after that need not be loaded again
   * when it opens.
   */
  readonly ready: Promise<void>;
  close(): void;
}

/** Milliseconds before a refused connection is tried again, so that a server that restarts is not stormed. */
const RETRY = 3_000;
/** Milliseconds that the page waits for its first connection at most: a proxy may hold it back. */
const FIRST = 500;
/** Milliseconds of silence after which a connection is dead: it beats every 20 seconds. */
const SILENCE = 50_000;
/** Milliseconds from one look at the silence to the next; after a long sleep the first look comes at once. */
const LOOK = 5_000;

const KINDS = ['message', 'read', 'event', 'pending', 'refusal', 'trial', 'replay', 'address', 'platforms'] as const;

/**
 * Receives what happens at Bellhop, and reconnects by itself for as long as the page is open. What was missed meanwhile is
 * sent after it, or else `opened` says that everything has to be loaded anew.
 */
export function createLive(): Live {
  const listeners = new Set<LiveListener>();
  let lastId: string | undefined;
  let heardAt = Date.now();
  const first = Promise.withResolvers<void>();
  setTimeout(first.resolve, FIRST);

  function connect(): EventSource {
    const query = lastId === undefined ? '' : `?${new URLSearchParams({ last: lastId })}`;
    const source = new EventSource(`/api/v1/live${query}`);
    source.onopen = () => tell('connected', true);
    source.onerror = () => {
      first.resolve();
      tell('connected', false);
      // A refused connection is closed for good; only a lost one is opened again by the browser.
      if (source.readyState === EventSource.CLOSED) setTimeout(reconnect, RETRY);
    };
    const hear = (event: MessageEvent<string>): unknown => {
      heardAt = Date.now();
      if (event.lastEventId) lastId = event.lastEventId;
      return JSON.parse(event.data);
    };
    source.addEventListener('beat', hear);
    source.addEventListener('hello', (event) => {
      const { resumed } = hear(event) as { readonly resumed: boolean };
      if (!resumed) tell('opened', undefined);
      first.resolve();
    });
    for (const kind of KINDS) source.addEventListener(kind, (event) => tell(kind, hear(event)));
    return source;
  }

  function tell(kind: keyof LiveListener, news: unknown): void {
    // The API and this page are built together: each kind of news has the shape its listeners expect.
    for (const listener of listeners) (listener[kind] as ((news: unknown) => void) | undefined)?.(news);
  }

  function reconnect(): void {
    if (isClosed) return;
    current.close();
    heardAt = Date.now();
    current = connect();
  }

  let isClosed = false;
  let current = connect();
  // A connection that a sleeping machine or another network has cut may never say so.
  const look = setInterval(() => {
    if (Date.now() - heardAt > SILENCE && current.readyState === EventSource.OPEN) reconnect();
  }, LOOK);

  return {
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    ready: first.promise,
    close() {
      isClosed = true;
      clearInterval(look);
      current.close();
    },
  };
}
