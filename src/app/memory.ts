import { performance } from 'node:perf_hooks';

/** Another collection is worth it once so many bytes were added since the last one. */
const WORTH = 32 * 1024 * 1024;
/** Below this share of busy time since the last call, a pause disturbs nobody. */
const CALM = 0.1;

export interface Memory {
  /**
   * Frees what only the start needed, about a seventh of the memory: V8 by itself would do so only
   * under pressure. Stops everything for some fifty milliseconds, and does nothing where Node was not started with `--expose-gc`.
   */
  free(): void;
  /** Does so once a rush that needed much memory is over. To be called regularly. */
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
