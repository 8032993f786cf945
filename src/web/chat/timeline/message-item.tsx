import { memo } from 'preact/compat';
import type { CommandAction } from '../../../core/message/message.ts';
import type { Live } from '../../api/live.ts';
import type { ChatMessage } from '../../api/shapes.ts';
import { type Look, MessageDrawing } from '../../draw/drawing.tsx';
import { Boundary } from '../../kit/boundary.tsx';
import { CopyButton } from '../../kit/copy-button.tsx';
import { fullTime, timeOfDay } from '../../kit/time.tsx';
import { toHash } from '../../route.ts';
import { FirstDelivery } from '../first-delivery.tsx';
import { copyables, type Note, waitingFor } from '../notes/note.ts';

export interface MessageItemProps {
  readonly channel: string;
  readonly message: ChatMessage;
  /** Whether it goes on with the message before it. */
  readonly continues: boolean;
  /** The first line of the message that it answers, when that is on the page. */
  readonly parent: string | undefined;
  readonly look: Look;
  readonly onAction: (action: CommandAction) => void;
  readonly onShow: (id: string) => void;
}

export const MessageItem = memo(function MessageItem(props: MessageItemProps) {
  const { channel, message, continues, parent, look, onAction, onShow } = props;
  const { id, thread, text, postedAt, editedAt } = message;
  return (
    <li class={`message${thread ? ' reply' : ''}${continues ? ' continues' : ''}`} id={`message-${id}`}>
      {thread && !continues && (
        <p class="reply-to">
          ↳ In the thread of
          <button type="button" class="link" onClick={() => onShow(thread)}>
            {parent ?? 'an earlier message'}
          </button>
        </p>
      )}
      <Boundary fallback={<p class="plain-line">{text}</p>}>
        <MessageDrawing
          look={look}
          drawable={message}
          at={postedAt}
          edited={Boolean(editedAt)}
          continues={continues}
          onAction={onAction}
        />
      </Boundary>
      <a
        class="message-link"
        href={toHash({ view: 'chat', channel, message: id })}
        title={fullTime(postedAt)}
        aria-label={`Link to this message of ${fullTime(postedAt)}`}
      >
        {timeOfDay(postedAt)} <span aria-hidden="true">#</span>
      </a>
    </li>
  );
});

export interface NoteItemProps {
  readonly note: Note;
  readonly live: Live;
  readonly look: Look;
  readonly onAction: (action: CommandAction) => void;
  readonly onDismiss: (note: Note) => void;
}

export const NoteItem = memo(function NoteItem({ note, live, look, onAction, onDismiss }: NoteItemProps) {
  const waiting = waitingFor(note.reply);
  return (
    <li class="message note">
      <div class="note-head">
        <span>Only visible to you</span>
        {note.typed && <code>{note.typed}</code>}
        <button type="button" class="quiet" aria-label="Dismiss" onClick={() => onDismiss(note)}>
          ✕
        </button>
      </div>
      <Boundary fallback={<p class="plain-line">{note.reply.text}</p>}>
        <MessageDrawing look={look} drawable={note.reply} at={note.at} edited={false} onAction={onAction} />
      </Boundary>
      {waiting && <FirstDelivery endpoint={waiting} live={live} onAction={onAction} />}
      <div class="note-tools">
        {copyables(note.reply).map(({ label, text }) => (
          <CopyButton key={label} label={label} text={text} />
        ))}
      </div>
    </li>
  );
});
