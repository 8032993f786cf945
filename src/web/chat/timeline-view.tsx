import { Fragment } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { CommandAction } from '../../core/message/message.ts';
import type { Live } from '../api/live.ts';
import type { ChatMessage } from '../api/shapes.ts';
import type { Look } from '../draw/drawing.tsx';
import { Empty, Example } from '../kit/empty.tsx';
import { Failure } from '../kit/failure.tsx';
import { Skeleton } from '../kit/skeleton.tsx';
import { dayOf } from '../kit/time.tsx';
import { ReachNote } from '../reach/reach-note.tsx';
import { MessageItem, NoteItem } from './message-item.tsx';
import type { Note } from './note.ts';
import type { Timeline } from './use-timeline.ts';

export interface TimelineViewProps {
  readonly channel: string;
  readonly timeline: Timeline;
  readonly notes: readonly Note[];
  readonly live: Live;
  readonly look: Look;
  readonly onAction: (action: CommandAction) => void;
  readonly onDismiss: (note: Note) => void;
  readonly onPick: (text: string) => void;
}

/** Pixels from the end within which a reader counts as being there. */
const NEAR = 120;

/** A channel's messages and notes in the order of time. It stays at the newest unless its reader has scrolled away. */
export function TimelineView({ channel, timeline, notes, live, look, onAction, onDismiss, onPick }: TimelineViewProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [away, setAway] = useState(false);
  const { messages, problem, more, loadingOlder, loadOlder, refresh } = timeline;
  const byId = new Map(messages?.map((message) => [message.id, message]));
  const toNewest = () => scroller.current?.scrollTo({ top: 0 });
  useEffect(toNewest, [channel, notes.length]);

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
        {away && (
          <button type="button" class="to-newest" onClick={toNewest}>
            ↓ Newest
          </button>
        )}
      </div>
      <div class="timeline-content">
        {problem && <Failure message={problem} onRetry={() => void refresh()} />}
        {!messages && !problem && <Skeleton rows={4} label="Loading messages" />}
        {messages?.length === 0 && notes.length === 0 && <Start channel={channel} live={live} onPick={onPick} />}
        {more && (
          <button type="button" class="older" disabled={loadingOlder} onClick={loadOlder}>
            {loadingOlder ? 'Loading…' : 'Show older messages'}
          </button>
        )}
        <ol class="messages" aria-label="Messages">
          {toEntries(messages ?? [], notes).map(({ message, note, day }) => (
            <Fragment key={message?.id ?? note?.id}>
              {day && (
                <li class="day" aria-hidden="true">
                  <span>{day}</span>
                </li>
              )}
              {message && (
                <MessageItem
                  message={message}
                  parent={byId.get(message.thread ?? '')}
                  look={look}
                  onAction={onAction}
                />
              )}
              {note && (
                <NoteItem note={note} live={live} look={look} onAction={onAction} onDismiss={() => onDismiss(note)} />
              )}
            </Fragment>
          ))}
        </ol>
      </div>
    </div>
  );
}

interface Entry {
  readonly at: string;
  readonly message?: ChatMessage;
  readonly note?: Note;
  /** The day that begins here. */
  readonly day?: string;
}

function toEntries(messages: readonly ChatMessage[], notes: readonly Note[]): readonly Entry[] {
  const entries: readonly Entry[] = [
    ...messages.map((message) => ({ at: message.postedAt, message })),
    ...notes.map((note) => ({ at: note.at, note })),
  ].toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  return entries.map((entry, index) => {
    const day = dayOf(entry.at);
    const before = entries[index - 1];
    return before && dayOf(before.at) === day ? entry : { ...entry, day };
  });
}

function Start({ channel, live, onPick }: Pick<TimelineViewProps, 'channel' | 'live' | 'onPick'>) {
  return (
    <Empty title={`No messages in #${channel} yet`}>
      <p>Make an endpoint, give its URL to whatever sends webhooks, and its messages appear here.</p>
      <ReachNote live={live} />
      <p class="examples">
        <Example text={`/webhook new github in #${channel}`} onPick={onPick} />
        <Example text="/webhook help" onPick={onPick} />
      </p>
    </Empty>
  );
}
