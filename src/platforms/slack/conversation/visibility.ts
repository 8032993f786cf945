import type { Clock } from '../../../core/clock.ts';
import type { Chat } from '../../../core/command/chat.ts';
import { listOf, partOf, textOf } from '../connection/answer-parts.ts';
import { unreadable } from '../connection/to-app-error.ts';
import type { SlackCall } from '../connection/web-calls.ts';
import type { SlackPerson } from './people.ts';

/** Who sees which channel. Throws `AppError` when Slack does not say. */
export type Visibility = Pick<Chat, 'sees' | 'open'>;

export interface VisibilityParts {
  readonly call: SlackCall;
  readonly people: (id: string) => Promise<SlackPerson>;
  readonly clock: Clock;
}

const KEPT_FOR = 60_000;
const KEPT = 200;
const PAGE = 999;

/** What Slack said is believed for a minute: who was put out of a channel must not read on for long. */
export function createVisibility({ call, people, clock }: VisibilityParts): Visibility {
  const isOpen = briefly(clock, async (channel: string) => {
    const answer = await call('conversations.info', { channel });
    const isPrivate = partOf(answer, 'channel', 'is_private');
    if (typeof isPrivate !== 'boolean') throw unreadable();
    const direct = ['is_im', 'is_mpim'].some((kind) => partOf(answer, 'channel', kind) === true);
    return !isPrivate && !direct;
  });
  const membersOf = briefly(clock, async (channel: string): Promise<ReadonlySet<string>> => {
    const members = new Set<string>();
    for (let cursor = ''; ; ) {
      const answer = await call('conversations.members', { channel, limit: PAGE, ...(cursor && { cursor }) });
      if (!Array.isArray(answer.members)) throw unreadable();
      for (const member of listOf(answer, 'members')) members.add(String(member));
      const next = textOf(answer, 'response_metadata', 'next_cursor');
      if (!next) return members;
      if (next === cursor) throw unreadable();
      cursor = next;
    }
  });

  return {
    async open(channel) {
      return !isPerson(channel) && isOpen(channel);
    },
    async sees(user, channel) {
      // What goes to one person directly is named by that person.
      if (isPerson(channel)) return channel === user;
      const [{ role }, everybody] = await Promise.all([people(user), isOpen(channel)]);
      // Guests and people of other companies see only what they are in.
      if (everybody && role !== 'outsider') return true;
      return (await membersOf(channel)).has(user);
    },
  };
}

function isPerson(channel: string): boolean {
  return /^[UW]/.test(channel);
}

/** The same question, asked again once its answer is a minute old, and at once where it failed. */
function briefly<Found>(clock: Clock, ask: (channel: string) => Promise<Found>): (channel: string) => Promise<Found> {
  const known = new Map<string, { readonly at: number; readonly found: Promise<Found> }>();
  return (channel) => {
    const now = clock.elapsed();
    const before = known.get(channel);
    if (before && now - before.at < KEPT_FOR) return before.found;
    if (known.size >= KEPT) known.clear();
    const found = ask(channel);
    known.set(channel, { at: now, found });
    found.catch(() => known.delete(channel));
    return found;
  };
}
