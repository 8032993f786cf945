import type { Clock } from '../../../core/clock.ts';
import type { Log } from '../../../core/log.ts';
import { toAppError } from './to-app-error.ts';

/** The part of Bolt's socket client that is used: its own reconnecting is switched off. */
export interface SocketClient {
  start(): Promise<unknown>;
  disconnect(): Promise<void>;
  on(event: 'disconnected', listener: () => void): unknown;
  off(event: 'disconnected', listener: () => void): unknown;
  removeAllListeners(event: 'connected'): unknown;
}

export interface SocketLine {
  readonly connected: boolean;
  /** Why the last attempt failed, until one succeeds. */
  readonly problem: string | undefined;
  /** Resolves after the first attempt, however it ended. */
  readonly tried: Promise<void>;
  stop(): Promise<void>;
}

const CONNECT_WITHIN = 15_000;
const CLOSE_WITHIN = 1_000;
const STEADY_AFTER = 1_000;
const BACKOFF = { first: 1_000, most: 30_000 } as const;

/**
 * Keeps one socket open for as long as it may: at once after Slack asked to reconnect, with growing pauses of at most 30
 * seconds while it refuses. Bolt's own client dies silently of some refusals: https://github.com/slackapi/node-slack-sdk/issues/2656
 */
export function keepConnected({
  client: clientNow,
  renew,
  clock,
  log,
}: {
  /** The client to connect with: another once the token was replaced. */
  readonly client: () => SocketClient;
  /** Looks for another token. */
  readonly renew: () => unknown;
  readonly clock: Clock;
  readonly log: Log;
}): SocketLine {
  const stopping = new AbortController();
  const first = Promise.withResolvers<void>();
  let connected = false;
  let problem: string | undefined;
  let client = clientNow();

  const running = run();

  async function run(): Promise<void> {
    for (let failures = 0; !stopping.signal.aborted; ) {
      const lived = await connectOnce();
      failures = lived > STEADY_AFTER ? 0 : failures + 1;
      if (failures > 0) await clock.sleep(pause(failures), stopping.signal);
    }
  }

  /** Connects, stays, and gives back for how many milliseconds it lasted. */
  async function connectOnce(): Promise<number> {
    const gone = Promise.withResolvers<void>();
    client = clientNow();
    client.on('disconnected', gone.resolve);
    try {
      await within(client.start(), CONNECT_WITHIN);
      if (stopping.signal.aborted) {
        await close();
        return 0;
      }
      const since = clock.elapsed();
      connected = true;
      note(undefined);
      first.resolve();
      await gone.promise;
      return clock.elapsed() - since;
    } catch (error) {
      const refusal = toAppError(error, 'app');
      note(refusal.message);
      await close();
      if (refusal.kind === 'credential') renew();
      return 0;
    } finally {
      connected = false;
      first.resolve();
      client.off('disconnected', gone.resolve);
      client.removeAllListeners('connected');
    }
  }

  /** Says what is wrong once, however often it is tried. */
  function note(found: string | undefined): void {
    if (found && found !== problem) log.warn({ platform: 'slack', reason: found }, 'no socket to Slack; trying again');
    if (!found && problem) log.info({ platform: 'slack' }, 'a socket to Slack is open again');
    problem = found;
  }

  async function close(): Promise<void> {
    await within(client.disconnect(), CLOSE_WITHIN).catch(() => undefined);
    // A second call drops a connection whose other end does not answer the first.
    await within(client.disconnect(), CLOSE_WITHIN).catch(() => undefined);
  }

  return {
    get connected() {
      return connected;
    },
    get problem() {
      return problem;
    },
    tried: first.promise,
    async stop() {
      stopping.abort();
      await close();
      // An attempt that is still under way gives up by itself, and closes what it opened.
      await within(running, CLOSE_WITHIN).catch(() => undefined);
    },
  };
}

function pause(failures: number): number {
  const most = Math.min(BACKOFF.most, BACKOFF.first * 2 ** (failures - 1));
  return most / 2 + (Math.random() * most) / 2;
}

async function within<T>(promise: Promise<T>, milliseconds: number): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error('Slack took too long.')), milliseconds);
  try {
    return await Promise.race([promise, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
