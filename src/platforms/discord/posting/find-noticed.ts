import type { DiscordApi } from '../connection/api.ts';
import { unreadable } from '../connection/read-answer.ts';
import { retryLimited } from '../connection/retry-limited.ts';

interface Seen {
  readonly id: string;
  readonly timestamp?: string;
  readonly author?: { readonly id: string };
  readonly reactions?: readonly { readonly count?: number; readonly me?: boolean }[];
  readonly message_reference?: { readonly message_id?: string };
}

const PAGE = 100;
/** Older messages of a busy channel are not looked at. */
const PAGES = 25;

/** The messages of a channel that somebody reacted to or replied to. Throws `AppError` where Discord does not say. */
export async function findNoticed(
  { api, botId }: { readonly api: DiscordApi; readonly botId: () => string },
  channel: string,
  since: Date,
): Promise<ReadonlySet<string>> {
  const bot = botId();
  const noticed = new Set<string>();
  let before: string | undefined;
  for (let page = 0; page < PAGES; page++) {
    const query = { limit: String(PAGE), ...(before !== undefined && { before }) };
    const messages = await retryLimited(() =>
      api.request<readonly Seen[]>('GET', `/channels/${channel}/messages`, { query, answer: 'list' }),
    );
    for (const { id, author, reactions = [], message_reference: reference } of messages) {
      if (reactions.some(({ count = 0, me }) => count > (me ? 1 : 0))) noticed.add(id);
      if (author?.id !== bot && reference?.message_id) noticed.add(reference.message_id);
    }
    const oldest = messages.at(-1);
    if (!oldest || messages.length < PAGE || Date.parse(oldest.timestamp ?? '') < since.getTime()) break;
    // A page that does not lead further back would be asked for without end.
    if (oldest.id === before) throw unreadable();
    before = oldest.id;
  }
  return noticed;
}
