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

/** Gives the focus to where it was, or to the content where that is gone or was nowhere. */
function giveBack(before: Element | null): void {
  // What opened the dialog may be disabled until this turn of the page is over.
  requestAnimationFrame(() => {
    if (document.activeElement !== document.body) return;
    if (before instanceof HTMLElement && before !== document.body && before.isConnected) before.focus();
    if (document.activeElement !== document.body) return;
    const line = document.querySelector<HTMLElement>('.command-field textarea');
    (line ?? document.getElementById('main'))?.focus();
  });
}

/** A dialog in front of the page. It holds the focus, closes with Escape, and gives the focus back. */
export function Dialog({ title, children, wide = false, onClose }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    dialog.current?.querySelector<HTMLElement>(FIRST)?.focus();
    const shown = dialog.current;
    return () => {
      shown?.close();
      giveBack(before);
    };
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
