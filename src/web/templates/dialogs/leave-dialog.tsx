import { Dialog } from '../../kit/dialog.tsx';

export interface LeaveDialogProps {
  readonly onLeave: () => void;
  readonly onDiscard: () => void;
  readonly onClose: () => void;
}

/** Asks before a text is left that is not saved. */
export function LeaveDialog({ onLeave, onDiscard, onClose }: LeaveDialogProps) {
  return (
    <Dialog title="Leave without saving?" onClose={onClose}>
      <p>Your text is not saved. This browser tab keeps it, and shows it when you open the template again.</p>
      <footer>
        <button type="button" onClick={onClose}>
          Stay
        </button>
        <button type="button" onClick={onDiscard}>
          Discard it and leave
        </button>
        <button type="button" class="primary" onClick={onLeave}>
          Keep it and leave
        </button>
      </footer>
    </Dialog>
  );
}
