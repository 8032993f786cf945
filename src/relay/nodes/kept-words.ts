import type { Bus } from '../../core/cluster.ts';

const KEPT = 'kept';
/** Milliseconds between two words: one is enough for all that was kept meanwhile. */
const APART = 25;

/** Lets the node that decides know how many events were kept on the others. */
export function createKeptWords(bus: Bus, onKept: (events: number) => void) {
  let count = 0;
  let resting = false;
  bus.on(KEPT, (word) => onKept(Number(word) || 0));

  function send(): void {
    resting = count > 0;
    if (!resting) return;
    bus.send(KEPT, count);
    count = 0;
    setTimeout(send, APART).unref();
  }

  return {
    /** The first after a rest is said at once, so that an idle node does not wait. */
    note(): void {
      count++;
      if (!resting) send();
    },
  };
}
