import type { Clock } from '../../core/clock.ts';
import type { Cluster } from '../../core/cluster.ts';
import type { ReplayRun } from '../../core/command/desks/replay-desk.ts';

export interface SharedRunParts {
  readonly clock: Pick<Clock, 'elapsed'>;
  /** The other nodes; nothing where there is one. */
  readonly cluster?: Pick<Cluster, 'bus' | 'claims'> | undefined;
  /** Another node asks to end a run. */
  readonly onStop: (runId: string) => void;
}

const TOPIC = 'replays';
/** Milliseconds within which only one node begins: long enough for the others to hear of it. */
const BEGINS_WITHIN = 5_000;
/** Milliseconds after which a node that said nothing more of its run is lost: one event has its turn far more often. */
const LOST_AFTER = 60_000;

type Word = { readonly run: ReplayRun } | { readonly stop: string };

/** What all nodes know of the one run that goes on. */
export function createSharedRun({ clock, cluster, onStop }: SharedRunParts) {
  let known: { readonly run: ReplayRun; readonly heardAt: number; readonly here: boolean } | undefined;

  cluster?.bus.on(TOPIC, (said) => {
    const word = said as Word;
    if ('stop' in word) onStop(word.stop);
    else known = { run: word.run, heardAt: clock.elapsed(), here: false };
  });

  return {
    /** Whether this node may begin. */
    claim: async () => !cluster || (await cluster.claims.first(TOPIC, BEGINS_WITHIN)),
    note(run: ReplayRun): void {
      known = { run, heardAt: clock.elapsed(), here: true };
      cluster?.bus.send(TOPIC, { run } satisfies Word);
    },
    current(): ReplayRun | undefined {
      if (!known) return undefined;
      const { run, heardAt, here } = known;
      const isLost = run.state === 'running' && !here && clock.elapsed() - heardAt > LOST_AFTER;
      return isLost ? { ...run, state: 'interrupted' } : run;
    },
    /** Asks the node that runs it. Whether one does. */
    askToStop(runId: string): boolean {
      if (!cluster || known?.run.id !== runId || known.run.state !== 'running') return false;
      cluster.bus.send(TOPIC, { stop: runId } satisfies Word);
      return true;
    },
  };
}
