import { useState } from 'preact/hooks';
import { request } from '../api/request.ts';
import type { CommandReply, MuteEntry } from '../api/shapes.ts';
import { ReplyNote } from '../commands/reply-note.tsx';
import { RunButton } from '../commands/run-button.tsx';
import { Empty, Example } from '../kit/empty.tsx';
import { Failure } from '../kit/failure.tsx';
import { Skeleton } from '../kit/skeleton.tsx';
import { fullTime, Moment } from '../kit/time.tsx';
import { useResource } from '../kit/use-resource.ts';
import { toHash } from '../route.ts';

export interface MuteListProps {
  /** Only the mutes of this endpoint. */
  readonly endpoint: string | undefined;
  readonly onPick: (text: string) => void;
}

/** What is muted, until when, by whom and why. */
export function MuteList({ endpoint, onPick }: MuteListProps) {
  const { content, problem, reload } = useResource(`mutes ${endpoint ?? ''}`, async (signal) => {
    const query = { endpoint };
    return (await request<{ readonly mutes: readonly MuteEntry[] }>('/mutes', { query, signal })).mutes;
  });
  const [reply, setReply] = useState<CommandReply>();

  return (
    <section class="page wide" aria-labelledby="mutes-title">
      {endpoint && (
        <p class="back">
          <a href={toHash({ view: 'mutes', endpoint: undefined })}>← Mutes of all endpoints</a>
        </p>
      )}
      <header class="page-head">
        <h1 id="mutes-title">Mutes{endpoint && ` of ${endpoint}`}</h1>
        <button type="button" onClick={() => onPick(`/webhook mute ${endpoint ? `${endpoint} ` : ''}`)}>
          Mute something
        </button>
      </header>
      {reply && <ReplyNote reply={reply} onDismiss={() => setReply(undefined)} />}
      {problem && <Failure message={problem} onRetry={reload} />}
      {!content && !problem && <Skeleton rows={4} label="Loading mutes" />}
      {content?.length === 0 && (
        <Empty title="Nothing is muted">
          <p>A mute holds the events that it matches, and posts a digest of them when it ends.</p>
          <p class="examples">
            <Example text={`/webhook mute ${endpoint ?? 'github'} for 2h`} onPick={onPick} />
          </p>
        </Empty>
      )}
      {content && content.length > 0 && (
        <div class="table-frame">
          <table class="table">
            <thead>
              <tr>
                <th scope="col">Endpoint</th>
                <th scope="col">Holds</th>
                <th scope="col">When</th>
                <th scope="col">Held so far</th>
                <th scope="col">By</th>
                <th scope="col">Why</th>
                <th scope="col">End it</th>
              </tr>
            </thead>
            <tbody>
              {content.map((mute) => (
                <tr key={mute.id}>
                  <th scope="row">
                    <a href={toHash({ view: 'endpoint', name: mute.endpoint })}>{mute.endpoint}</a>
                  </th>
                  <td data-label="Holds">
                    <code>{mute.holds}</code>
                  </td>
                  <td data-label="When">
                    {[mute.times, mute.until && `until ${fullTime(mute.until)}`].filter(Boolean).join(', ') ||
                      'until it is ended'}
                    {mute.paused && <span class="cell-hint">not active at this hour</span>}
                  </td>
                  <td data-label="Held so far">
                    <a href={toHash({ view: 'events', filter: { endpoint: mute.endpoint, state: 'held' } })}>
                      {mute.held}
                    </a>
                  </td>
                  <td data-label="By">
                    {mute.by}
                    <span class="cell-hint">
                      <Moment iso={mute.createdAt} />
                    </span>
                  </td>
                  <td data-label="Why">{mute.reason ?? '—'}</td>
                  <td data-label="End it">
                    <RunButton
                      label="Unmute"
                      command="unmute"
                      options={{ endpoint: mute.endpoint, mute: mute.id }}
                      onReply={(answer) => {
                        setReply(answer);
                        reload();
                      }}
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
