import type { CommandReply } from '../api/shapes.ts';
import { copyables } from '../chat/notes/note.ts';
import { CopyButton } from '../kit/copy-button.tsx';

/** What a command answered, until it is dismissed: it may hold a secret that is shown only once. */
export function ReplyNote({ reply, onDismiss }: { readonly reply: CommandReply; readonly onDismiss: () => void }) {
  return (
    <div class="card reply-note">
      <p role="status">{reply.text}</p>
      <div class="note-tools">
        {copyables(reply).map(({ label, text }) => (
          <CopyButton key={label} label={label} text={text} />
        ))}
        <button type="button" class="quiet" onClick={onDismiss}>
          Dismiss
        </button>
      </div>
    </div>
  );
}
