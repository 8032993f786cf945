import type { ChatMessage, EventSummary, PlatformState } from './shapes.ts';

export interface LiveListener {
  readonly message?: (news: MessageNews) => void;
  readonly event?: (news: { readonly event: EventSummary }) => void;
  readonly platforms?: (news: { readonly platforms: readonly PlatformState[] }) => void;
  readonly pending?: (news: PendingNews) => void;
  /** A delivery to the endpoint with this id was refused. */
  readonly refusal?: (news: { readonly endpoint: string }) => void;
  readonly trial?: (news: TrialNews) => void;
  /** The settings changed, and with them perhaps the address at which providers reach Bellhop. */
  readonly address?: (news: { readonly url: string }) => void;
  /** The connection is open, for the first time or after a break: what was loaded before may be out of date. */
  readonly opened?: () => void;
  readonly connected?: (connected: boolean) => void;
}

export interface MessageNews {
  readonly channel: string;
  readonly message: ChatMessage;
  readonly change: 'added' | 'edited';
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
}

/** Milliseconds before a refused connection is tried again, so that a server that restarts is not stormed. */
const RETRY = 3_000;

/** Receives what happens at Bellhop, and reconnects by itself for as long as the page is open. */
export function createLive(): Live {
  const listeners = new Set<LiveListener>();

  function connect(): void {
    const source = new EventSource('/api/v1/live');
    source.onopen = () => {
      for (const { connected, opened } of listeners) {
        connected?.(true);
        opened?.();
      }
    };
    source.onerror = () => {
      for (const { connected } of listeners) connected?.(false);
      // A refused connection is closed for good; only a lost one is opened again by the browser.
      if (source.readyState === EventSource.CLOSED) setTimeout(connect, RETRY);
    };
    source.addEventListener('message', ({ data }) => {
      for (const { message } of listeners) message?.(JSON.parse(data));
    });
    source.addEventListener('event', ({ data }) => {
      for (const { event } of listeners) event?.(JSON.parse(data));
    });
    source.addEventListener('pending', ({ data }) => {
      for (const { pending } of listeners) pending?.(JSON.parse(data));
    });
    source.addEventListener('refusal', ({ data }) => {
      for (const { refusal } of listeners) refusal?.(JSON.parse(data));
    });
    source.addEventListener('trial', ({ data }) => {
      for (const { trial } of listeners) trial?.(JSON.parse(data));
    });
    source.addEventListener('address', ({ data }) => {
      for (const { address } of listeners) address?.(JSON.parse(data));
    });
    source.addEventListener('platforms', ({ data }) => {
      for (const { platforms } of listeners) platforms?.(JSON.parse(data));
    });
  }
  connect();

  return {
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
