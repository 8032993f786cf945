import cron from 'node-cron';

const SECOND = 1_000;
/** A longer gap holds the time of most chores, and to look at each of its seconds would take long. */
const LOOKED_AT = 600 * SECOND;

/**
 * Whether a time of a cron expression has come since it was last asked. A wall clock that jumps ahead makes what it skipped
 * due once; one that is set back makes nothing wait.
 */
export function createCronWatch(expression: string, now: () => Date): () => boolean {
  const times = cron.createTask(expression, () => undefined);
  let seen = now().getTime();
  return () => {
    const since = seen;
    seen = now().getTime();
    if (seen - since > LOOKED_AT) return true;
    for (let moment = nextSecond(since); moment <= seen; moment += SECOND)
      if (times.match(new Date(moment))) return true;
    return false;
  };
}

function nextSecond(moment: number): number {
  return (Math.floor(moment / SECOND) + 1) * SECOND;
}
