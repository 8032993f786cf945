import type { Clock } from '../../../core/clock.ts';
import type { MessageRef } from '../../../core/event/post.ts';
import type { Platform } from '../../../core/platform/platform.ts';
import { SlackRefusal } from './to-app-error.ts';
import { listOf, type SlackCall, textOf } from './web-calls.ts';

/** The type of the metadata that every post carries, which Slack gives back to us alone. */
export const POST_EVENT = 'bellhop_post';

export interface SentNonces {
  find: Platform['find'];
  /** What was read of a channel no longer tells everything: something may have been posted since. */
  forget(channel: string): void;
}

interface Reading {
  readonly at: number;
  readonly since: number;
  readonly refs: Promise<ReadonlyMap<string, MessageRef>>;
}

const PAGE = 999;
const PAGES = 50;
const KEPT_FOR = 5 * 60_000;
// Slack's clock names messages, and it need not agree with ours.
const SKEW = 60_000;

/**
 * Looks posts up in their channels' histories by the nonce in their metadata. One reading of a history answers for every
 * nonce, so that a crash with a full queue costs a few calls. Posts in threads are not part of a history.
 */
export function createSentNonces({ call, clock }: { readonly call: SlackCall; readonly clock: Clock }): SentNonces {
  const readings = new Map<string, Reading>();

  async function read(channel: string, since: number): Promise<ReadonlyMap<string, MessageRef>> {
    const refs = new Map<string, MessageRef>();
    let cursor = '';
    for (let page = 0; page < PAGES; page++) {
      const answer = await call('conversations.history', {
        channel,
        oldest: String(Math.floor((since - SKEW) / 1000)),
        include_all_metadata: true,
        limit: PAGE,
        ...(cursor && { cursor }),
      });
      for (const message of listOf(answer, 'messages')) {
        const [id, nonce] = [textOf(message, 'ts'), textOf(message, 'metadata', 'event_payload', 'nonce')];
        if (id && nonce && textOf(message, 'metadata', 'event_type') === POST_EVENT) refs.set(nonce, { channel, id });
      }
      cursor = textOf(answer, 'response_metadata', 'next_cursor') ?? '';
      if (!cursor) break;
    }
    return refs;
  }

  return {
    async find(channel, { nonce, since }) {
      const now = clock.elapsed();
      const kept = readings.get(channel);
      const usable = kept && now - kept.at < KEPT_FOR && kept.since <= since.getTime() + KEPT_FOR;
      const refs = usable ? kept.refs : read(channel, since.getTime());
      if (!usable) readings.set(channel, { at: now, since: since.getTime(), refs });
      try {
        return (await refs).get(nonce);
      } catch (error) {
        readings.delete(channel);
        // Where nothing can be read nothing can be posted either, and posting says why.
        if (error instanceof SlackRefusal && error.kind === 'place') return undefined;
        throw error;
      }
    },
    forget: (channel) => void readings.delete(channel),
  };
}
