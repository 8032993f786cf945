import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';

export interface DialogProps {
  readonly title: string;
  readonly children: ComponentChildren;
  /** Whether it holds texts that are to be compared. */
  readonly wide?: boolean;
  /** Called when the person leaves without an answer. */
  readonly onClose: () => void;
}

/** Where the focus begins: at the first question, or at the way out when nothing is asked. */
const FIRST = 'form :is(input, select, textarea), dialog > footer button';

/** A dialog in front of the page. It holds the focus, closes with Escape, and gives the focus back. */
export function Dialog({ title, children, wide = false, onClose }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    dialog.current?.showModal();
    dialog.current?.querySelector<HTMLElement>(FIRST)?.focus();
    return () => dialog.current?.close();
  }, []);

  return (
    <dialog ref={dialog} class={wide ? 'wide' : ''} aria-labelledby={heading} onCancel={onClose}>
      <header>
        <h2 id={heading}>{title}</h2>
        <button type="button" class="quiet" aria-label="Close" onClick={onClose}>
          ✕
        </button>
      </header>
      {children}
    </dialog>
  );
}
