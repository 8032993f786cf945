import type { Clock } from '../../core/clock.ts';
import type { CommandRunner } from '../../core/command/command.ts';
import { AppError } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import type { Platform, PlatformNews } from '../../core/platform/platform.ts';

export interface StartParts {
  readonly run: CommandRunner;
  readonly news: PlatformNews;
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
}

const LONGEST = 60_000;

/** Connects a platform, trying again for as long as time can help. Deliveries are taken meanwhile. A failure that waiting cannot cure is logged once. */
export async function startPlatform(platform: Platform, { run, news, clock, log, signal }: StartParts): Promise<void> {
  for (let tries = 0; !signal.aborted; tries++) {
    try {
      await platform.start(run, news);
      return;
    } catch (error) {
      const reason = error instanceof AppError ? error.message : undefined;
      if (tries === 0 || !reason)
        log.error(
          { platform: platform.name, ...(reason ? {} : { err: error }) },
          reason ?? 'a platform could not be connected',
        );
      if (!(error instanceof AppError) || error.retryAfter === undefined) return;
      await clock.sleep(Math.min(LONGEST, Math.max(error.retryAfter, 1_000 * 2 ** tries)), signal);
    }
  }
}
