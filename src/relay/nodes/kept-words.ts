import type { Bus } from '../../core/cluster.ts';

const KEPT = 'kept';
/** Milliseconds in which deliveries are counted together: one word is enough for many. */
const TOGETHER = 5;

/** Lets the node that decides know how many events were kept on the others. */
export function createKeptWords(bus: Bus, onKept: (events: number) => void) {
  let count = 0;
  bus.on(KEPT, (word) => onKept(Number(word) || 0));

  function send(): void {
    bus.send(KEPT, count);
    count = 0;
  }

  return {
    note(): void {
      if (count === 0) setTimeout(send, TOGETHER).unref();
      count++;
    },
  };
}
