import type { DiscordApi } from '../connection/api.ts';
import { unreadable } from '../connection/read-answer.ts';
import { retryLimited } from '../connection/retry-limited.ts';

interface Seen {
  readonly id: string;
  readonly timestamp?: string;
  readonly author?: { readonly id: string };
  readonly reactions?: readonly { readonly count?: number; readonly me?: boolean }[];
  readonly message_reference?: { readonly message_id?: string };
  /** The thread that was opened from it. */
  readonly thread?: { readonly id: string };
}

const PAGE = 100;
/** Older messages of a busy channel are not looked at. */
const PAGES = 25;
/** Further threads of a busy channel are not looked into. */
const THREADS = 100;

/** The messages of a channel that somebody reacted to, replied to, or wrote about in their thread. Throws `AppError` where Discord does not say. */
export async function findNoticed(
  { api, botId }: { readonly api: DiscordApi; readonly botId: () => string },
  channel: string,
  since: Date,
): Promise<ReadonlySet<string>> {
  const bot = botId();
  const noticed = new Set<string>();
  const threads = new Map<string, string>();
  const read = (from: string, query: Readonly<Record<string, string>>) =>
    retryLimited(() => api.request<readonly Seen[]>('GET', `/channels/${from}/messages`, { query, answer: 'list' }));
  let before: string | undefined;
  for (let page = 0; page < PAGES; page++) {
    const query = { limit: String(PAGE), ...(before !== undefined && { before }) };
    const messages = await read(channel, query);
    for (const { id, author, thread, reactions = [], message_reference: reference } of messages) {
      if (thread) threads.set(id, thread.id);
      if (reactions.some(({ count = 0, me }) => count > (me ? 1 : 0))) noticed.add(id);
      if (author?.id !== bot && reference?.message_id) noticed.add(reference.message_id);
    }
    const oldest = messages.at(-1);
    if (!oldest || messages.length < PAGE || Date.parse(oldest.timestamp ?? '') < since.getTime()) break;
    // A page that does not lead further back would be asked for without end.
    if (oldest.id === before) throw unreadable();
    before = oldest.id;
  }
  const open = [...threads].filter(([id]) => !noticed.has(id)).slice(0, THREADS);
  for (const [id, thread] of open) {
    const answers = await read(thread, { limit: String(PAGE) });
    if (answers.some(({ author }) => author && author.id !== bot)) noticed.add(id);
  }
  return noticed;
}
