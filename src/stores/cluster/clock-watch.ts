import type { Log } from '../../core/log.ts';
import type { Queries } from '../shared/postgres/connect.ts';

/** How often the clocks are compared, and a difference that may be the way to the database and back. Milliseconds, as all here. */
const EVERY = 60_000;
const SLIGHT = 500;
const WORTH_SAYING = 5_000;

/** Compares this machine's clock with the database's, which counts on all nodes. */
export function createClockWatch({
  database,
  log,
  now,
}: {
  readonly database: Queries;
  readonly log: Log;
  /** This machine's clock. */
  readonly now: () => Date;
}) {
  let ahead = 0;
  let timer: NodeJS.Timeout | undefined;

  async function compare(): Promise<void> {
    const before = performance.now();
    const { rows } = await database.query<{ now: number }>(
      'select (extract(epoch from clock_timestamp()) * 1000)::float8 as now',
    );
    const way = (performance.now() - before) / 2;
    const found = Math.round((rows[0]?.now ?? 0) + way - now().getTime());
    const isNews = Math.abs(found - ahead) > WORTH_SAYING;
    if (Math.abs(found - ahead) <= SLIGHT) return;
    ahead = Math.abs(found) <= SLIGHT ? 0 : found;
    if (isNews && ahead !== 0)
      log.warn(
        { seconds: Math.round(-ahead / 1000) },
        'the clock of this machine is not that of the database, which counts. Set it right',
      );
  }

  return {
    get ahead() {
      return ahead;
    },
    async start(): Promise<void> {
      await compare();
      timer = setInterval(() => void compare().catch(() => undefined), EVERY);
      timer.unref();
    },
    stop: () => clearInterval(timer),
  };
}
