import type { Clock } from '../../core/clock.ts';
import type { Chat } from '../../core/command/chat.ts';
import { AppError } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import type { Place } from '../../core/settings/channel.ts';

/** Who sees which channel, as the platforms say. Throws `AppError` where a platform does not say. */
export interface Seeing {
  sees(user: string, place: Place): Promise<boolean>;
  /** Whether everybody on the channel's platform sees it. */
  isOpen(place: Place): Promise<boolean>;
}

export interface SeeingParts {
  readonly platforms: ReadonlyMap<string, Chat>;
  readonly clock: Clock;
  readonly log: Log;
}

/** Milliseconds for which an answer is believed, beside what a platform believes itself: whoever leaves a channel is soon shown nothing of it any more. */
const BELIEVED_FOR = 30_000;
/** What a platform says of a channel that is gone, or that Bellhop is no longer in. */
const GONE = [404, 409, 410];
const REMEMBERED = 20_000;
const RETRY_AFTER = 5_000;

/** Asks the platforms, and believes what they said for a little while. */
export function createSeeing({ platforms, clock, log }: SeeingParts): Seeing {
  const known = new Map<string, { readonly at: number; readonly answer: Promise<boolean> }>();

  function ask({ platform }: Place, name: string, question: (chat: Chat) => Promise<boolean>): Promise<boolean> {
    const now = clock.elapsed();
    const key = `${platform}\n${name}`;
    const before = known.get(key);
    if (before && now - before.at < BELIEVED_FOR) return before.answer;
    if (known.size >= REMEMBERED) known.clear();
    const answer = answerOf(platform, question);
    known.set(key, { at: now, answer });
    answer.catch(() => known.delete(key));
    return answer;
  }

  async function answerOf(name: string, question: (chat: Chat) => Promise<boolean>): Promise<boolean> {
    const chat = platforms.get(name);
    if (!chat) throw unknown(name);
    try {
      return await question(chat);
    } catch (error) {
      // Nobody is known to see a channel that cannot be looked at.
      if (error instanceof AppError && GONE.includes(error.status)) return false;
      log.warn({ platform: name, err: error }, 'a platform could not say who sees a channel');
      // The platform's own words may name a channel that the caller may not know about.
      throw unknown(chat.title);
    }
  }

  return {
    sees: (user, place) => ask(place, `${place.channel}\n${user}`, (chat) => chat.sees(user, place.channel)),
    isOpen: (place) => ask(place, place.channel, (chat) => chat.open(place.channel)),
  };
}

function unknown(title: string): AppError {
  return new AppError(
    503,
    'visibility_unknown',
    `Bellhop could not find out from ${title} who can see which channel.`,
    { retryAfter: RETRY_AFTER },
  );
}
