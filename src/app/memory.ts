import { performance } from 'node:perf_hooks';

/** So much more than the last collection left is worth another one, in bytes. */
const WORTH = 32 * 1024 * 1024;
/** The share of the time since the last look in which something was done, below which nobody minds a pause. */
const CALM = 0.1;

export interface Memory {
  /**
   * Gives back what starting needed and running does not, about a seventh of the memory: V8 by itself would do so only
   * under pressure. Stops everything for some fifty milliseconds, and does nothing where Node was not started with `--expose-gc`.
   */
  letGo(): void;
  /** Does so once a rush is over that needed a lot. To be called now and then. */
  letGoWhenCalm(): void;
}

export function createMemory(): Memory {
  let least = process.memoryUsage().heapTotal;
  let looked = performance.eventLoopUtilization();

  function letGo(): void {
    globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });
    least = process.memoryUsage().heapTotal;
  }

  return {
    letGo,
    letGoWhenCalm() {
      const now = performance.eventLoopUtilization();
      const { utilization } = performance.eventLoopUtilization(now, looked);
      looked = now;
      if (utilization < CALM && process.memoryUsage().heapTotal > least + WORTH) letGo();
    },
  };
}
