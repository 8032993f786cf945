import { useMemo, useRef, useState } from 'preact/hooks';
import type { CommandAction } from '../../../core/message/message.ts';
import type { Live } from '../../api/live.ts';
import type { Look } from '../../draw/drawing.tsx';
import { Failure, messageOf } from '../../kit/failure.tsx';
import { useStable } from '../../kit/hooks/use-stable.ts';
import { Skeleton } from '../../kit/skeleton.tsx';
import type { Channel, Channels } from '../channels/use-channels.ts';
import type { Note } from '../notes/note.ts';
import { type Entry, toEntries } from './entries.ts';
import { MessageItem, NoteItem } from './message-item.tsx';
import { MoreButton } from './more-button.tsx';
import { Start } from './start.tsx';
import { useAim } from './use-aim.ts';
import { useReading } from './use-reading.ts';
import { useSteadyScroll } from './use-steady-scroll.ts';
import { useTimeline } from './use-timeline.ts';

export interface TimelineViewProps {
  readonly channel: string;
  readonly channels: Channels;
  /** How its reader has left the channel. */
  readonly opening: Channel;
  /** The message that the page's address names. */
  readonly message: string | undefined;
  /** Changes with each reply that everybody in the channel sees. */
  readonly replies: number;
  /** Takes over when the newest message was posted. */
  readonly newestAt: { current: string | undefined };
  readonly notes: readonly Note[];
  readonly live: Live;
  readonly look: Look;
  readonly onAction: (action: CommandAction) => void;
  readonly onDismiss: (note: Note) => void;
  readonly onPick: (text: string) => void;
}

/** Pixels from the end within which a reader counts as being there. */
const NEAR = 120;

/** A channel's messages and notes. It stays at the newest unless its reader has scrolled away. */
export function TimelineView(props: TimelineViewProps) {
  const { channel, channels, opening, message, replies, notes, live, look, onPick } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [isAway, setAway] = useState(false);
  const timeline = useTimeline({ channel, live, isFollowing: () => !isAway && !document.hidden });
  const { stretch, failure, loading } = timeline;
  const isAtEnd = stretch?.newer === 0 && !isAway;
  const newest = stretch && (stretch.messages.at(-1)?.id ?? '0');
  props.newestAt.current = stretch?.messages.at(-1)?.postedAt;
  const mark = useReading({ channel, opening, channels, live, newest, isAtEnd });
  const entries = useMemo(() => toEntries(stretch, notes, mark), [stretch, notes, mark]);
  useSteadyScroll(scroller, entries, isAtEnd);
  // After that, for what its reader asks for has the last word.
  const { aim, isMissing } = useAim({ scroller, timeline, opening, message, replies, notes: notes.length });
  const byId = useMemo(() => new Map(stretch?.messages.map((each) => [each.id, each])), [stretch]);
  const onAction = useStable(props.onAction);
  const onDismiss = useStable(props.onDismiss);
  const onShow = useStable((id: string) => aim({ at: 'message', id }));

  return (
    // The column is reversed, so that its resting place is the newest message, however late its drawing arrives.
    <div
      class="timeline"
      ref={scroller}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
      tabIndex={0}
      onScroll={({ currentTarget }) => setAway(currentTarget.scrollTop < -NEAR)}
    >
      <div class="timeline-end">
        {stretch && !isAtEnd && (
          <button type="button" class="to-newest" onClick={() => aim({ at: 'end' })}>
            ↓ Newest
          </button>
        )}
      </div>
      <div class="timeline-content">
        {failure !== undefined && (
          <div class="timeline-failure">
            <Failure message={messageOf(failure)} onRetry={() => void timeline.catchUp()} />
          </div>
        )}
        {!stretch && failure === undefined && <Skeleton rows={4} label="Loading messages" />}
        {isMissing && (
          <p class="hint" role="status">
            Message {message} is no longer kept. Here is what was posted around it.
          </p>
        )}
        {stretch?.messages.length === 0 && notes.length === 0 && (
          <Start channel={channel} live={live} onPick={onPick} />
        )}
        {stretch && stretch.older > 0 && (
          <MoreButton
            label="Show older messages"
            loading={loading === 'older'}
            isPaused={failure !== undefined}
            scroller={scroller}
            revision={stretch}
            onLoad={() => void timeline.loadOlder()}
          />
        )}
        <ol class="messages" aria-label="Messages">
          {entries.map(draw)}
        </ol>
        {stretch && stretch.newer > 0 && (
          <MoreButton
            label="Show newer messages"
            loading={loading === 'newer'}
            isPaused={failure !== undefined}
            scroller={scroller}
            revision={stretch}
            onLoad={() => void timeline.loadNewer()}
          />
        )}
      </div>
    </div>
  );

  function draw(entry: Entry) {
    switch (entry.kind) {
      case 'day':
        return (
          <li key={entry.key} class="day" aria-hidden="true">
            <span>{entry.day}</span>
          </li>
        );
      case 'new':
        return (
          <li key={entry.key} class="new-mark">
            <span>{countOf(entry.count)} new</span>
          </li>
        );
      case 'hole':
        return (
          <li key={entry.key} class="hole">
            <button type="button" aria-disabled={loading === 'missing'} onClick={() => void timeline.fill(entry.hole)}>
              {countOf(entry.hole.count)} {entry.hole.count === 1 ? 'message' : 'messages'} in between: load
            </button>
          </li>
        );
      case 'note':
        return (
          <NoteItem
            key={entry.key}
            note={entry.note}
            live={live}
            look={look}
            onAction={onAction}
            onDismiss={onDismiss}
          />
        );
      case 'message':
        return (
          <MessageItem
            key={entry.key}
            channel={channel}
            message={entry.message}
            continues={entry.continues}
            parent={byId.get(entry.message.thread ?? '')?.text}
            look={look}
            onAction={onAction}
            onShow={onShow}
          />
        );
    }
  }
}

/** Messages of a channel that are counted at most. */
const COUNTED = 1_000;

function countOf(count: number): string {
  return count < COUNTED ? String(count) : `${COUNTED.toLocaleString()} or more`;
}
