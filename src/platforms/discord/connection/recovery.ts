import type { Clock } from '../../../core/clock.ts';
import { AppError } from '../../../core/errors.ts';
import type { Log } from '../../../core/log.ts';
import type { DiscordApi } from './api.ts';
import type { Gateway } from './gateway.ts';

export interface RecoveryParts {
  readonly api: DiscordApi;
  /** Nothing where interactions come over HTTP. */
  readonly gateway: Gateway | undefined;
  /** Whether the gateway is to be open here. */
  readonly holds: () => boolean;
  readonly clock: Clock;
  readonly log: Log;
}

/** Reconnects after Discord refused the token or ended the gateway's connection. */
export interface Recovery {
  /** Begins to try, unless it is trying already. */
  begin(): void;
  /** Gives up until the next `begin`. */
  stop(): void;
}

/** Some hundred tries a day at most: Discord allows a thousand logins, and would change the token after more. */
const FIRST_WAIT = 5_000;
const LONGEST_WAIT = 5 * 60_000;

export function createRecovery({ api, gateway, holds, clock, log }: RecoveryParts): Recovery {
  let trying: AbortController | undefined;

  function gone(): boolean {
    if (!gateway || !holds()) return false;
    const hopeless = gateway.end !== undefined && gateway.end.retryAfter === undefined;
    return ['closed', 'ended'].includes(gateway.state) && !hopeless;
  }

  const broken = () => api.stopped?.code === 'discord_token' || gone();

  async function recover(signal: AbortSignal): Promise<void> {
    for (let tries = 0; broken(); tries++) {
      await clock.sleep(Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** tries), signal);
      if (signal.aborted) return;
      try {
        // A login counts; a question whether the token is good again does not.
        await api.request('GET', '/applications/@me');
        if (gone() && !signal.aborted) await gateway?.open();
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        log.debug({ platform: 'discord', reason: error.message }, 'Discord is still unavailable');
      }
    }
    if (!gateway?.end) log.info({ platform: 'discord' }, 'Discord accepts the token again');
  }

  return {
    begin() {
      if (trying) return;
      const mine = new AbortController();
      trying = mine;
      recover(mine.signal)
        .catch((error: unknown) =>
          log.error({ platform: 'discord', err: error }, 'the connection to Discord could not be restored'),
        )
        .finally(() => {
          if (trying === mine) trying = undefined;
        });
    },
    stop() {
      trying?.abort();
      trying = undefined;
    },
  };
}
