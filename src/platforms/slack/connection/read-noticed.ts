import { listOf, partOf, textOf } from './answer-parts.ts';
import { unreadable } from './to-app-error.ts';
import type { SlackCall } from './web-calls.ts';

const LIMIT = 200;
/** Older messages of a busy channel are not looked at. */
const PAGES = 25;

/** The messages of a channel that somebody reacted to, or answered in their thread. Throws `AppError` where Slack does not say. */
export async function readNoticed(call: SlackCall, channel: string, since: Date): Promise<ReadonlySet<string>> {
  const noticed = new Set<string>();
  for (let [page, cursor] = [0, '']; page < PAGES; page++) {
    const answer = await call('conversations.history', {
      channel,
      oldest: String(Math.floor(since.getTime() / 1000)),
      limit: LIMIT,
      ...(cursor && { cursor }),
    });
    if (!Array.isArray(answer.messages)) throw unreadable();
    for (const message of listOf(answer, 'messages')) {
      const id = textOf(message, 'ts');
      if (id && isNoticed(message)) noticed.add(id);
    }
    const next = textOf(answer, 'response_metadata', 'next_cursor');
    if (!next || next === cursor) break;
    cursor = next;
  }
  return noticed;
}

/** What its own author does, such as reactions that show how things stand, is not a notice. */
function isNoticed(message: unknown): boolean {
  const author = textOf(message, 'user');
  const isAnother = (user: unknown) => typeof user === 'string' && user !== author;
  return (
    listOf(message, 'reply_users').some(isAnother) ||
    listOf(message, 'reactions').some((reaction) => {
      const users = listOf(reaction, 'users');
      // Slack names only some of many.
      return users.some(isAnother) || Number(partOf(reaction, 'count')) > Math.max(1, users.length);
    })
  );
}
