import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Log } from '../../core/log.ts';

export interface InsistParts {
  readonly pool: pg.Pool;
  readonly log: Log;
  /** Until when it is tried. */
  readonly over: AbortSignal;
}

/** The names of statements by which the queue notes that a job has ended. */
const ENDS = /^(?:complete|fail)_job/;
/** Milliseconds. */
const AGAIN_AFTER = 200;

/**
 * A pool for the queue of lanes that notes the end of a job however often that fails, as while the database restarts or takes no
 * writes. The queue itself does not wait for it: a failure would end the process, and the lane would stay taken.
 */
export function insistOnEnds({ pool, log, over }: InsistParts): pg.Pool {
  async function insist(statement: pg.QueryConfig, failure: unknown): Promise<unknown> {
    log.warn({ err: failure }, 'the end of a lane could not be noted; trying until it is');
    for (;;) {
      await sleep(AGAIN_AFTER, undefined, { signal: over }).catch(() => undefined);
      // Whoever notices that this node is gone frees its lanes.
      if (over.aborted) return { rows: [] };
      try {
        return await pool.query(statement);
      } catch (error) {
        log.debug({ err: error }, 'the end of a lane could not be noted');
      }
    }
  }

  function insisting(client: pg.PoolClient): pg.PoolClient {
    async function query(statement: pg.QueryConfig, ...more: readonly unknown[]): Promise<unknown> {
      const asked: Promise<unknown> = Reflect.apply(client.query, client, [statement, ...more]);
      return ENDS.test(statement.name ?? '') ? asked.catch((error: unknown) => insist(statement, error)) : asked;
    }
    return replacing(client, 'query', query);
  }

  async function connect(...listener: readonly unknown[]): Promise<unknown> {
    // Who asks with a function listens, and tries again by itself.
    if (listener.length > 0) return Reflect.apply(pool.connect, pool, listener);
    return insisting(await pool.connect());
  }
  return replacing(pool, 'connect', connect);
}

/** The same object, but for one of its methods. */
function replacing<T extends object>(target: T, method: keyof T, by: unknown): T {
  return new Proxy(target, { get: (self, key) => (key === method ? by : Reflect.get(self, key)) });
}
