import type { Clock } from '../../../core/clock.ts';
import type { Log } from '../../../core/log.ts';
import { parseAnswer, textOf } from './answer-parts.ts';
import { toAppError } from './to-app-error.ts';

/** The part of Bolt's socket client that is used: its own reconnecting is switched off. */
export interface SocketClient {
  start(): Promise<unknown>;
  disconnect(): Promise<void>;
  on(event: 'disconnected', listener: () => void): unknown;
  on(event: 'ws_message', listener: (data: unknown) => void): unknown;
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
/** So many times in a row Slack may ask for another connection at once without counting as a failure. */
const HASTY = 3;
const RENEWALS: ReadonlySet<string> = new Set(['refresh_requested', 'warning']);
const BACKOFF = { first: 1_000, most: 30_000 } as const;

/**
 * Keeps one socket open for as long as it may: at once after Slack asked to reconnect, with growing pauses of at most 30
 * seconds while it refuses. Each attempt has a client of its own, so that one that was given up can be ended for good.
 * Bolt's own client dies silently of some refusals: https://github.com/slackapi/node-slack-sdk/issues/2656
 */
export function keepConnected({
  client: clientNow,
  renew,
  clock,
  log,
}: {
  /** Makes a client that connects with the token of now. */
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
  let client: SocketClient | undefined;

  const running = run();

  async function run(): Promise<void> {
    for (let [failures, renewals] = [0, 0]; !stopping.signal.aborted; ) {
      const end = await connectOnce();
      renewals = end === 'renewed' ? renewals + 1 : 0;
      failures = end === 'failed' || renewals > HASTY ? failures + 1 : 0;
      if (failures > 0) await clock.sleep(pause(failures), stopping.signal);
    }
  }

  /** Connects, stays, and gives back how it ended: after a while, at once because Slack asked for another, or by a failure. */
  async function connectOnce(): Promise<'lived' | 'renewed' | 'failed'> {
    const gone = Promise.withResolvers<void>();
    const trial = clientNow();
    client = trial;
    let renewed = false;
    trial.on('disconnected', gone.resolve);
    trial.on('ws_message', (data) => {
      renewed ||= asksForAnother(data);
    });
    const starting = trial.start();
    try {
      await within(starting, CONNECT_WITHIN);
      if (stopping.signal.aborted) {
        await close(trial);
        return 'failed';
      }
      const since = clock.elapsed();
      connected = true;
      note(undefined);
      first.resolve();
      await gone.promise;
      if (clock.elapsed() - since > STEADY_AFTER) return 'lived';
      return renewed ? 'renewed' : 'failed';
    } catch (error) {
      await close(trial);
      // A connection that opens after it was given up is closed.
      starting.then(() => close(trial)).catch(() => undefined);
      if (renewed) return 'renewed';
      const refusal = toAppError(error, 'app');
      note(refusal.message);
      if (refusal.kind === 'credential') renew();
      return 'failed';
    } finally {
      connected = false;
      first.resolve();
    }
  }

  /** Says what is wrong once, however often it is tried. */
  function note(found: string | undefined): void {
    if (found && found !== problem) log.warn({ platform: 'slack', reason: found }, 'no socket to Slack; trying again');
    if (!found && problem) log.info({ platform: 'slack' }, 'a socket to Slack is open again');
    problem = found;
  }

  async function close(ended: SocketClient | undefined): Promise<void> {
    if (!ended) return;
    await within(ended.disconnect(), CLOSE_WITHIN).catch(() => undefined);
    // A second call drops a connection whose other end does not answer the first.
    await within(ended.disconnect(), CLOSE_WITHIN).catch(() => undefined);
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
      await close(client);
      // An attempt that is still under way gives up by itself, and closes what it opened.
      await within(running, CLOSE_WITHIN).catch(() => undefined);
    },
  };
}

/** Slack takes a connection away every few hours, and now and then at once. Any other reason is worth a pause. */
function asksForAnother(data: unknown): boolean {
  const said = typeof data === 'string' ? parseAnswer(data) : undefined;
  return textOf(said, 'type') === 'disconnect' && RENEWALS.has(textOf(said, 'reason') ?? '');
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
