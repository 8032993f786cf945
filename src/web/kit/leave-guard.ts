import { useEffect } from 'preact/hooks';

/** Decides whether the page may go to another address. Whoever holds it back goes there later, or not at all. */
export type Guard = (to: string) => 'leave' | 'stay';

let guard: Guard | undefined;

/** What the view that is shown says about leaving it. */
export function mayLeave(to: string): boolean {
  return guard?.(to) !== 'stay';
}

/** Holds back whoever would lose something by leaving: inside of the page by the given guard, out of it by the browser's own question. */
export function useLeaveGuard(active: boolean, onLeave: Guard): void {
  useEffect(() => {
    if (!active) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    guard = onLeave;
    addEventListener('beforeunload', ask);
    return () => {
      if (guard === onLeave) guard = undefined;
      removeEventListener('beforeunload', ask);
    };
  }, [active, onLeave]);
}
