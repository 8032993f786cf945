import type { CommandAction } from '../../core/message/message.ts';
import type { Live } from '../api/live.ts';
import type { ChatMessage } from '../api/shapes.ts';
import { type Look, MessageDrawing } from '../draw/drawing.tsx';
import { Boundary } from '../kit/boundary.tsx';
import { CopyButton } from '../kit/copy-button.tsx';
import { FirstDelivery } from './first-delivery.tsx';
import { copyables, type Note, waitingFor } from './note.ts';

export interface MessageItemProps {
  readonly message: ChatMessage;
  /** The message it answers, when that is on the page. */
  readonly parent: ChatMessage | undefined;
  readonly look: Look;
  readonly onAction: (action: CommandAction) => void;
}

export function MessageItem({ message, parent, look, onAction }: MessageItemProps) {
  return (
    <li class={`message ${message.thread ? 'reply' : ''}`} id={`message-${message.id}`}>
      {message.thread && (
        <p class="reply-to">
          ↳ In the thread of
          <button type="button" class="link" onClick={() => showMessage(message.thread ?? '')}>
            {parent?.text ?? 'an earlier message'}
          </button>
        </p>
      )}
      <Boundary fallback={<p class="plain-line">{message.text}</p>}>
        <MessageDrawing
          look={look}
          drawable={message}
          at={message.postedAt}
          edited={Boolean(message.editedAt)}
          onAction={onAction}
        />
      </Boundary>
    </li>
  );
}

export interface NoteItemProps {
  readonly note: Note;
  readonly live: Live;
  readonly look: Look;
  readonly onAction: (action: CommandAction) => void;
  readonly onDismiss: () => void;
}

export function NoteItem({ note, live, look, onAction, onDismiss }: NoteItemProps) {
  const waiting = waitingFor(note.reply);
  return (
    <li class="message note">
      <div class="note-head">
        <span>Only visible to you</span>
        {note.typed && <code>{note.typed}</code>}
        <button type="button" class="quiet" aria-label="Dismiss" onClick={onDismiss}>
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
}

function showMessage(id: string): void {
  const element = document.getElementById(`message-${id}`);
  element?.scrollIntoView({ block: 'center' });
  if (!matchMedia('(prefers-reduced-motion: reduce)').matches)
    element?.animate([{ background: 'var(--mark)' }, { background: 'transparent' }], 1_500);
}
