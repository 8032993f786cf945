import type { Clock } from '../../core/clock.ts';
import { AppError } from '../../core/errors.ts';
import { backOff } from './back-off.ts';

/** Lets the lanes of a platform pass, unless the platform itself is what fails: then one of them tries it now and then. */
export interface Gate {
  /** Waits until a lane may try something; resolves early when the signal aborts. */
  pass(signal: AbortSignal): Promise<void>;
  /** The platform answered. */
  worked(): void;
  /** Something failed in a channel. */
  failed(channel: string, error: unknown): void;
  /** Another node found that the platform fails, or works again. */
  heard(news: GateNews): void;
  /** A person asks: one lane may try at once. */
  hurry(): void;
}

/** That a platform fails, and for how many milliseconds nothing is tried; or that it works again. */
export type GateNews = { readonly pause: number } | 'open';

export interface GateParts {
  readonly clock: Clock;
  /** Called once when it closes. */
  readonly onClosed: (reason: string) => void;
  /** Called when it is open again. */
  readonly onOpen: () => void;
  /** Called with what other nodes ought to hear. */
  readonly tell?: (news: GateNews) => void;
}

/** So many failures in so many channels, without an answer between them, are a failure of the platform. */
const FAILURES = 5;
const CHANNELS = 3;
/** How long the one that tries is waited for, in milliseconds. */
const TRY_WITHIN = 30_000;

export function createGate({ clock, onClosed, onOpen, tell = () => undefined }: GateParts): Gate {
  const failing = new Set<string>();
  let failures = 0;
  let closed: { until: number; tries: number } | undefined;
  let opened = new AbortController();

  /** How long a lane has to wait; of those that wait, the first whose time has come tries it for all. */
  function wait(): number {
    if (!closed) return 0;
    const now = clock.elapsed();
    if (now < closed.until) return closed.until - now;
    closed.until = now + TRY_WITHIN;
    return 0;
  }

  function close(error: AppError): void {
    const tries = (closed?.tries ?? 0) + 1;
    const isNews = !closed;
    const pause = Math.max(error.retryAfter ?? 0, backOff(tries));
    closed = { tries, until: clock.elapsed() + pause };
    tell({ pause });
    if (isNews) onClosed(error.message);
  }

  function open(isNews = true): void {
    failing.clear();
    failures = 0;
    if (!closed) return;
    closed = undefined;
    opened.abort();
    opened = new AbortController();
    if (isNews) tell('open');
    onOpen();
  }

  return {
    async pass(signal) {
      for (let pause = wait(); pause > 0 && !signal.aborted; pause = wait())
        await clock.sleep(pause, AbortSignal.any([signal, opened.signal]));
    },
    hurry() {
      if (!closed) return;
      closed.until = clock.elapsed();
      opened.abort();
      opened = new AbortController();
    },
    worked: () => open(),
    heard(news) {
      if (news === 'open') open(false);
      else closed = { tries: closed?.tries ?? 1, until: clock.elapsed() + news.pause };
    },
    failed(channel, error) {
      if (!(error instanceof AppError)) return;
      const { status, retryAfter } = error;
      // A refused token is refused in every channel; a platform that is away fails in one after the other.
      if (status === 401 && retryAfter !== undefined) close(error);
      if (status === 401 || status === 429) return;
      if (status < 500) {
        open();
        return;
      }
      failures++;
      failing.add(channel);
      if (closed || (failures >= FAILURES && failing.size >= CHANNELS)) close(error);
    },
  };
}
