import { useEffect } from 'preact/hooks';
import { useStable } from './use-stable.ts';

/** Runs something for a key with Ctrl (Command on a Mac), wherever the focus is, unless a dialog is open. */
export function useShortcut(key: string, run: () => void): void {
  const latest = useStable(run);
  useEffect(() => {
    const follow = (event: KeyboardEvent) => {
      const isIt =
        (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === key;
      if (!isIt) return;
      // Browsers have uses of their own for some.
      event.preventDefault();
      if (!document.querySelector('dialog[open]')) latest();
    };
    addEventListener('keydown', follow);
    return () => removeEventListener('keydown', follow);
  }, [key]);
}
