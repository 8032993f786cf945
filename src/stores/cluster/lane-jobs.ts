import { Logger, makeWorkerUtils, runTaskList, type WorkerPool, type WorkerUtils } from 'graphile-worker';
import type pg from 'pg';
import type { LaneJobs } from '../../core/cluster.ts';
import type { OwedChannel } from '../../core/event/post.ts';
import type { Log } from '../../core/log.ts';
import { insistOnEnds } from './insist.ts';

/** Lanes that fall to nodes, as jobs of a queue for each. */
export interface LaneWorkers extends LaneJobs {
  /** Makes the tables of the queue. */
  prepare(): Promise<void>;
  /** Begins to take lanes. Gives back the name under which the queue knows who took them. */
  start(): Promise<string>;
  /** Takes no more lanes. Resolves once those that run have ended. */
  stop(): Promise<void>;
  /** Gives the lanes of others back, who are gone. */
  release(gone: readonly string[]): Promise<void>;
  /** Removes the queues of lanes that nothing waits for. */
  tidyUp(): Promise<void>;
}

const TASK = 'lane';
const SCHEMA = 'bellhop_lanes';
/** Lanes that one node runs at the same time. Each holds its place until nothing is owed there. */
const LANES = 500;
/** Lanes that a node takes at once: few, so that other nodes get some. */
const TAKES = 2;
/** How often the queue is looked at, besides when it says that there is something. Milliseconds, as all below. */
const LOOK_EVERY = 2_000;
/** Once begun, a job is never given up: only a node that is gone loses it. */
const ATTEMPTS = 30_000;

/**
 * Lanes on graphile-worker: one named queue for each lane, so that no two nodes run the same, and one job in it that runs the
 * lane until nothing is owed. A job that is added while it runs is another one, and has its turn right after.
 */
export function createLaneWorkers({ pool, log }: { readonly pool: pg.Pool; readonly log: Log }): LaneWorkers {
  const logger = new Logger(() => (level, message, meta) => {
    // What it calls an error it tries again by itself.
    if (level === 'error') log.warn({ err: meta?.error }, `the queue of lanes: ${message}`);
  });
  const shared = { pgPool: pool, schema: SCHEMA, logger };
  let utils: WorkerUtils | undefined;
  let workers: WorkerPool | undefined;
  let over = new AbortController();
  let run: (channel: OwedChannel) => Promise<void> = async () => undefined;

  return {
    async prepare() {
      utils ??= await makeWorkerUtils(shared);
      await utils.migrate();
    },
    async add(channels) {
      const lanes = new Map(channels.map(({ platform, channel }) => [`${platform}:${channel}`, { platform, channel }]));
      await utils?.addJobs(
        Array.from(lanes, ([name, payload]) => ({
          identifier: TASK,
          payload,
          queueName: name,
          jobKey: name,
          maxAttempts: ATTEMPTS,
        })),
      );
    },
    onLane(work) {
      run = work;
    },
    async start() {
      over = new AbortController();
      workers = runTaskList(
        {
          ...shared,
          noHandleSignals: true,
          preset: { worker: { concurrentJobs: LANES, pollInterval: LOOK_EVERY, localQueue: { size: TAKES } } },
        },
        { [TASK]: async (payload) => run(payload as OwedChannel) },
        insistOnEnds({ pool, log, over: over.signal }),
      );
      return workers.id;
    },
    async stop() {
      const ending = workers;
      workers = undefined;
      // What is not noted by now is left to the others: noted later, it could be of a job that another node has taken since.
      over.abort();
      try {
        await ending?.gracefulShutdown();
      } catch (error) {
        log.warn({ err: error }, 'the queue of lanes did not end well');
      }
    },
    async tidyUp() {
      await utils?.cleanup({ tasks: ['DELETE_PERMAFAILED_JOBS', 'GC_JOB_QUEUES'] });
    },
    async release(gone) {
      if (gone.length > 0) await utils?.forceUnlockWorkers([...gone]);
    },
  };
}
