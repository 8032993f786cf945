import type { Clock } from '../../core/clock.ts';
import type { Claims } from '../../core/cluster.ts';

/** After so many milliseconds a node takes the turn of another, which has not come back from what it began. */
const WITHIN = 60_000;
const LOOK_EVERY = 50;

/** Does something while no other node does what has the same name. */
export type Turns = <T>(name: string, work: () => Promise<T>) => Promise<T>;

/** Has nodes take turns; without others, everything is done at once. */
export function createTurns(claims: Claims | undefined, clock: Pick<Clock, 'sleep'>): Turns {
  if (!claims) return (_name, work) => work();
  return async (name, work) => {
    while (!(await claims.first(name, WITHIN))) await clock.sleep(LOOK_EVERY);
    try {
      return await work();
    } finally {
      await claims.take(name);
    }
  };
}
