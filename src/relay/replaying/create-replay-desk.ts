import { randomBytes } from 'node:crypto';
import type { Clock } from '../../core/clock.ts';
import type { Cluster } from '../../core/cluster.ts';
import type { ReplayDesk, ReplayRun } from '../../core/command/desks/replay-desk.ts';
import type { Caller } from '../../core/command/permission.ts';
import { AppError } from '../../core/errors.ts';
import type { Journal } from '../../core/event/journal.ts';
import type { Relay } from '../../core/event/relay.ts';
import type { Log } from '../../core/log.ts';
import type { SettingsStore } from '../../core/settings/settings.ts';
import { createChanges } from '../commands/create-changes.ts';
import { createReplayAudit } from './replay-audit.ts';
import { replayOne } from './replay-one.ts';
import { createSharedRun } from './shared-run.ts';

export interface ReplayDeskParts {
  readonly settings: SettingsStore;
  readonly journal: Pick<Journal, 'audit' | 'events' | 'posts'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly replay: Relay['replay'];
  readonly cluster?: Pick<Cluster, 'bus' | 'claims'> | undefined;
  /** Called for everything that changes about a run. */
  readonly onReplays?: ((run: ReplayRun) => void) | undefined;
}

export interface RunningReplays extends ReplayDesk {
  /** Ends the run that goes on, because Bellhop stops. */
  close(): Promise<void>;
}

/** The run that goes on here. */
interface Mine {
  run: ReplayRun;
  readonly stopping: AbortController;
  ended: Promise<void>;
}

/** Milliseconds from one event to the next, and how long the channels are waited for at most. */
const PACE = { least: 300, most: 10_000, look: 250 } as const;
/** While more than this is due, the next event waits: channels that are owed more than they can carry show it as one roll-up. */
const DUE = 20;
const FAILURES_SHOWN = 20;

/** Replays many events within Bellhop, so that it goes on whatever becomes of the page that asked for it. */
export function createReplayDesk(parts: ReplayDeskParts): RunningReplays {
  const { journal, clock, log, cluster, replay, onReplays = () => undefined } = parts;
  const audit = createReplayAudit({ ...parts, changesOf: createChanges(parts) });
  const shared = createSharedRun({ clock, cluster, onStop: (id) => stopHere(id) });
  let mine: Mine | undefined;
  let [isBeginning, closing] = [false, false];

  function show(run: ReplayRun): void {
    shared.note(run);
    onReplays(run);
  }

  async function begin(eventIds: readonly string[], caller: Caller): Promise<ReplayRun> {
    if (isBeginning || closing || shared.current()?.state === 'running') throw runsAlready();
    isBeginning = true;
    try {
      if (!(await shared.claim())) throw runsAlready();
      return await beginNow(eventIds, caller);
    } finally {
      isBeginning = false;
    }
  }

  async function beginNow(eventIds: readonly string[], caller: Caller): Promise<ReplayRun> {
    const ids = [...new Set(eventIds)].toSorted((a, b) => Number(a) - Number(b));
    const run: ReplayRun = {
      id: randomBytes(6).toString('hex'),
      state: 'running',
      by: caller.userName,
      startedAt: clock.now().toISOString(),
      total: ids.length,
      done: 0,
      failed: 0,
      failures: [],
    };
    // From here on no other begins, though the audit is still written.
    show(run);
    try {
      const record = await audit.begin(ids, caller);
      const begun: Mine = { run, stopping: new AbortController(), ended: Promise.resolve() };
      mine = begun;
      if (closing) begun.stopping.abort();
      begun.ended = go(ids, begun.stopping.signal, record);
    } catch (error) {
      show({ ...run, state: 'stopped' });
      throw error;
    }
    return run;
  }

  async function go(
    ids: readonly string[],
    signal: AbortSignal,
    record: Awaited<ReturnType<typeof audit.begin>>,
  ): Promise<void> {
    for (const id of ids) {
      if (signal.aborted) break;
      const reason = await replayOne(id, { journal, log, replay });
      note(id, reason);
      record.note(id, reason === undefined);
      await rest(signal);
    }
    const run = mine?.run;
    if (!run) return;
    const state = toEnd(run);
    mine = undefined;
    await record.end(state);
    show({ ...run, state });
  }

  function toEnd({ done, total }: ReplayRun) {
    if (done === total) return 'done';
    return closing ? 'interrupted' : 'stopped';
  }

  function note(event: string, reason: string | undefined): void {
    if (!mine) return;
    const { run } = mine;
    const failed = reason === undefined ? run.failed : run.failed + 1;
    const failures =
      reason === undefined ? run.failures : [...run.failures, { event, reason }].slice(0, FAILURES_SHOWN);
    mine.run = { ...run, done: run.done + 1, failed, failures };
    show(mine.run);
  }

  /** Until channels have carried what they are owed, or have had long enough. */
  async function rest(signal: AbortSignal): Promise<void> {
    const since = clock.elapsed();
    await clock.sleep(PACE.least, signal);
    while (!signal.aborted && clock.elapsed() - since < PACE.most && (await isMuchDue()))
      await clock.sleep(PACE.look, signal);
  }

  async function isMuchDue(): Promise<boolean> {
    try {
      return (await journal.posts.count()).due > DUE;
    } catch (error) {
      log.warn({ err: error }, 'what is due could not be counted, so a run of replays waits');
      return true;
    }
  }

  function stopHere(id: string): boolean {
    if (mine?.run.id !== id) return false;
    mine.stopping.abort();
    return true;
  }

  return {
    begin,
    current: shared.current,
    stop: (id) => stopHere(id) || shared.askToStop(id),
    async close() {
      closing = true;
      mine?.stopping.abort();
      await mine?.ended;
    },
  };
}

function runsAlready(): AppError {
  return new AppError(
    409,
    'replays_run',
    'Events are being replayed already, and one run goes on at a time. Wait for its end, or stop it on the page of events.',
  );
}
