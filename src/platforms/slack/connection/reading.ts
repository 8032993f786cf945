import type { MessageRef } from '../../../core/event/message-ref.ts';

/** One page of a history: what of ours stands on it, and where the next one begins. */
export interface Page {
  readonly refs: readonly (readonly [nonce: string, ref: MessageRef])[];
  readonly next: string | undefined;
}

/** A history that is read page by page, as far as somebody asks. */
export interface Reading {
  /** Resolves with nothing only once everything was read. Rejects as reading a page does, and then goes on from there. */
  find(nonce: string): Promise<MessageRef | undefined>;
}

export function createReading(readPage: (cursor: string) => Promise<Page>): Reading {
  const refs = new Map<string, MessageRef>();
  let next: string | undefined = '';
  let turn: Promise<unknown> = Promise.resolve();

  async function findNow(nonce: string): Promise<MessageRef | undefined> {
    while (!refs.has(nonce) && next !== undefined) {
      const page = await readPage(next);
      for (const [found, ref] of page.refs) refs.set(found, ref);
      next = page.next;
    }
    return refs.get(nonce);
  }

  return {
    find(nonce) {
      const found = turn.then(() => findNow(nonce));
      turn = found.catch(() => undefined);
      return found;
    },
  };
}
