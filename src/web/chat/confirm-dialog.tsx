import type { CommandAction } from '../../core/message/message.ts';
import { Dialog } from '../kit/dialog.tsx';

export interface ConfirmDialogProps {
  readonly action: CommandAction;
  readonly onYes: () => void;
  readonly onClose: () => void;
}

/** Asks before a button's command runs. */
export function ConfirmDialog({ action: { confirm, label, style }, onYes, onClose }: ConfirmDialogProps) {
  return (
    <Dialog title={confirm?.title ?? label} onClose={onClose}>
      <p class="dialog-text">{confirm?.text}</p>
      <footer>
        <button type="button" onClick={onClose}>
          Cancel
        </button>
        <button type="button" class={style === 'danger' ? 'danger' : 'primary'} onClick={onYes}>
          {confirm?.yes ?? 'Yes'}
        </button>
      </footer>
    </Dialog>
  );
}
