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
  free(): void;
  /** Does so once a rush is over that needed a lot. To be called now and then. */
  freeWhenCalm(): void;
}

export interface Process {
  /** Bytes that the heap takes. */
  heap(): number;
  /** The share of the time since the last call, or since the start, in which something was done. */
  utilization(): number;
  collect(): void;
}

export function createMemory({ heap, utilization, collect }: Process = thisProcess()): Memory {
  let least = heap();

  function free(): void {
    collect();
    least = heap();
  }

  return {
    free,
    freeWhenCalm() {
      if (utilization() < CALM && heap() > least + WORTH) free();
    },
  };
}

function thisProcess(): Process {
  let looked = performance.eventLoopUtilization();
  return {
    heap: () => process.memoryUsage().heapTotal,
    utilization() {
      const now = performance.eventLoopUtilization();
      const { utilization } = performance.eventLoopUtilization(now, looked);
      looked = now;
      return utilization;
    },
    collect: () => globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' }),
  };
}
