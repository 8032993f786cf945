import { useRef, useState } from 'preact/hooks';
import { request } from '../api/request.ts';
import { asker } from '../api/run-command.ts';
import { messageOf } from '../kit/failure.tsx';
import type { EventFilter } from '../route.ts';
import { fetchEvents } from './fetch-events.ts';

export interface ReplayManyProps {
  readonly filter: EventFilter;
  /** The events that are marked; nothing while none can be. */
  readonly marked: ReadonlySet<string> | undefined;
  readonly onMark: (marked: ReadonlySet<string> | undefined) => void;
}

/** Milliseconds between two, so that channels are not flooded. */
const PACE = 300;
/** More is no longer a replay that somebody watches. */
const MOST = 1_000;
const PAGE = 200;

interface Progress {
  readonly done: number;
  readonly of: number;
  readonly failed: readonly string[];
}

/** Posts several events again, oldest first and one after another: those that are marked, or all that the filter finds. */
export function ReplayMany({ filter, marked, onMark }: ReplayManyProps) {
  const [asked, setAsked] = useState<readonly string[]>();
  const [progress, setProgress] = useState<Progress>();
  const [problem, setProblem] = useState<string>();
  const stopped = useRef(false);
  const running = progress !== undefined && progress.done < progress.of;

  async function askForAll(): Promise<void> {
    setProblem(undefined);
    try {
      setAsked(await findAll(filter));
    } catch (error) {
      setProblem(messageOf(error));
    }
  }

  async function replay(ids: readonly string[]): Promise<void> {
    setAsked(undefined);
    stopped.current = false;
    const failed: string[] = [];
    for (const [index, id] of ids.entries()) {
      setProgress({ done: index, of: ids.length, failed });
      if (stopped.current) return setProgress({ done: index, of: index, failed });
      try {
        await request(`/events/${encodeURIComponent(id)}/replay`, { body: asker() });
      } catch (error) {
        failed.push(`${id}: ${messageOf(error)}`);
      }
      await new Promise((resolve) => setTimeout(resolve, PACE));
    }
    setProgress({ done: ids.length, of: ids.length, failed });
    onMark(undefined);
  }

  return (
    <div class="tools replay-many">
      {!running && !asked && (
        <button
          type="button"
          aria-pressed={marked !== undefined}
          onClick={() => onMark(marked ? undefined : new Set())}
        >
          Mark events
        </button>
      )}
      {!running && marked !== undefined && !asked && (
        <>
          <button type="button" disabled={marked.size === 0} onClick={() => setAsked(oldestFirst([...marked]))}>
            Replay {marked.size} marked
          </button>
          <button type="button" onClick={askForAll}>
            Replay all that are listed
          </button>
        </>
      )}
      {asked && (
        <>
          <span>
            Post {asked.length === 1 ? '1 event' : `${asked.length} events`} again, oldest first
            {asked.length === MOST && `; no more than ${MOST} at once`}?
          </span>
          <button type="button" class="primary" disabled={asked.length === 0} onClick={() => replay(asked)}>
            Replay {asked.length}
          </button>
          <button type="button" onClick={() => setAsked(undefined)}>
            Cancel
          </button>
        </>
      )}
      {progress && (
        <span role="status">
          {running
            ? `Replaying: ${progress.done} of ${progress.of}`
            : `Replayed ${progress.done - progress.failed.length}`}
          {progress.failed.length > 0 && `, ${progress.failed.length} failed (${progress.failed[0]})`}
        </span>
      )}
      {running && progress && (
        <>
          <progress max={progress.of} value={progress.done} aria-label="Replayed" />
          <button
            type="button"
            onClick={() => {
              stopped.current = true;
            }}
          >
            Stop
          </button>
        </>
      )}
      {problem && <span role="alert">{problem}</span>}
    </div>
  );
}

async function findAll(filter: EventFilter): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let before: string | null | undefined; ids.length < MOST; ) {
    const { events, next } = await fetchEvents(filter, { before: before ?? undefined, limit: PAGE });
    ids.push(...events.map(({ id }) => id));
    before = next;
    if (!next) break;
  }
  return oldestFirst(ids);
}

function oldestFirst(ids: readonly string[]): readonly string[] {
  return ids.toSorted((a, b) => Number(a) - Number(b));
}
