import type { PendingDesk } from '../../src/core/command/desks/pending-desk.ts';

/** A desk for pending endpoints to which nothing has come. */
export function createNothingPending(): PendingDesk {
  return {
    state: async () => ({ held: 0, candidates: [], clear: false, onlyAsks: false }),
    count: async () => 0,
    first: async () => undefined,
    preview: async () => undefined,
    take: async () => ({ events: 0, others: 0, refused: 0 }),
    discard: async () => 0,
  };
}
