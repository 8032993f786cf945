import type { Clock } from '../../../core/clock.ts';
import { AppError } from '../../../core/errors.ts';
import type { MessageRef } from '../../../core/event/message-ref.ts';
import type { Platform } from '../../../core/platform/platform.ts';
import { listOf, partOf, textOf } from './answer-parts.ts';
import { createReading, type Page, type Reading } from './reading.ts';
import { SlackRefusal, unreadable } from './to-app-error.ts';
import type { SlackCall } from './web-calls.ts';

/** The type of the metadata that every post carries, which Slack gives back to us alone. */
export const POST_EVENT = 'bellhop_post';

export interface SentNonces {
  find: Platform['find'];
  /** What was read of a channel is no longer complete: something may have been posted since. */
  forget(channel: string): void;
}

export interface SentNoncesParts {
  readonly call: SlackCall;
  readonly clock: Clock;
  /** Throws `AppError` while no call can work. */
  readonly mustWork: () => void;
}

interface KeptReading extends Reading {
  readonly channel: string;
  readonly since: number;
  usedAt: number;
}

interface Place {
  readonly channel: string;
  readonly thread?: string | undefined;
}

const PAGE = 999;
const KEPT_FOR = 10 * 60_000;
// Slack's clock names messages, and it need not agree with ours.
const SKEW = 120_000;
/** Where waiting does not help, a person may: somebody adds the scope, or invites the bot again. */
const ASK_AGAIN = 60_000;

/**
 * Looks posts up by the nonce in their metadata, in their channel's history or their thread. What was read answers for
 * every nonce, so that a crash with a full queue costs a few calls.
 */
export function createSentNonces({ call, clock, mustWork }: SentNoncesParts): SentNonces {
  const readings = new Map<string, KeptReading>();

  function readingOf(place: Place, since: number): KeptReading {
    const now = clock.elapsed();
    for (const [key, { usedAt }] of readings) if (now - usedAt > KEPT_FOR) readings.delete(key);
    const key = `${place.channel} ${place.thread ?? ''}`;
    const kept = readings.get(key);
    if (kept && kept.since <= since) {
      kept.usedAt = now;
      return kept;
    }
    const reading = {
      ...createReading((cursor) => readPage(place, since, cursor)),
      channel: place.channel,
      since,
      usedAt: now,
    };
    readings.set(key, reading);
    return reading;
  }

  async function readPage({ channel, thread }: Place, since: number, cursor: string): Promise<Page> {
    const id = await idOf(channel);
    const answer = await call(thread ? 'conversations.replies' : 'conversations.history', {
      channel: id,
      oldest: String(Math.floor((since - SKEW) / 1000)),
      include_all_metadata: true,
      limit: PAGE,
      ...(thread && { ts: thread }),
      ...(cursor && { cursor }),
    });
    const next = textOf(answer, 'response_metadata', 'next_cursor');
    const readable = Array.isArray(answer.messages) && (next !== undefined || partOf(answer, 'has_more') !== true);
    if (!readable || (next && next === cursor)) throw unreadable();
    return { refs: listOf(answer, 'messages').flatMap((message) => ours(message, id)), next };
  }

  /** A direct message is posted to under a person's id, and read under its own. */
  async function idOf(channel: string): Promise<string> {
    if (!/^[UW]/.test(channel)) return channel;
    for (let cursor = ''; ; ) {
      const answer = await call('conversations.list', { types: 'im', limit: PAGE, ...(cursor && { cursor }) });
      const found = listOf(answer, 'channels').find((each) => textOf(each, 'user') === channel);
      const [id, next] = [textOf(found, 'id'), textOf(answer, 'response_metadata', 'next_cursor')];
      if (id || !next) return id ?? channel;
      if (next === cursor) throw unreadable();
      cursor = next;
    }
  }

  async function look(place: Place, nonce: string, since: number): Promise<MessageRef | undefined> {
    try {
      return await readingOf(place, since).find(nonce);
    } catch (error) {
      const kind = error instanceof SlackRefusal ? error.kind : undefined;
      // After a limit the reading goes on where it stood; a page that failed otherwise may never be read again.
      if (kind !== 'limit') forget(place.channel);
      // Without its thread a post can only stand in the channel itself.
      if (place.thread && kind === 'gone') return look({ channel: place.channel }, nonce, since);
      throw error;
    }
  }

  function forget(channel: string): void {
    for (const [key, reading] of readings) if (reading.channel === channel) readings.delete(key);
  }

  return {
    async find(channel, { nonce, since, thread }) {
      try {
        mustWork();
        return await look({ channel, thread }, nonce, since.getTime());
      } catch (error) {
        throw error instanceof AppError ? toDoubt(error) : error;
      }
    },
    forget,
  };
}

function ours(message: unknown, channel: string): readonly (readonly [nonce: string, ref: MessageRef])[] {
  const [id, nonce] = [textOf(message, 'ts'), textOf(message, 'metadata', 'event_payload', 'nonce')];
  const isPost = textOf(message, 'metadata', 'event_type') === POST_EVENT;
  return id && nonce && isPost ? [[nonce, { channel, id }]] : [];
}

/** Slack did not say whether it has the message, whatever it said instead: only an answer ends the doubt. */
function toDoubt(error: AppError): AppError {
  const text = `Slack could not be asked whether the message is posted already. ${error.message}`;
  return new AppError(503, error.code, text, { cause: error, retryAfter: error.retryAfter ?? ASK_AGAIN });
}
