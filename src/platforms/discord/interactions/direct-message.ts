import type { DiscordApi } from '../connection/api.ts';
import { unreadable } from '../connection/read-answer.ts';
import { retryLimited } from '../connection/retry-limited.ts';
import { retryUnanswered } from '../connection/retry-unanswered.ts';
import type { DiscordMessage } from '../message/payload.ts';
import { toStamp } from '../posting/marks.ts';

/** Writes to somebody, and to nobody else. Throws `AppError`, such as where they take no messages from servers they are on. */
export async function writeDirectly(
  api: DiscordApi,
  {
    user,
    messages,
    nonce,
  }: { readonly user: string; readonly messages: readonly DiscordMessage[]; readonly nonce: string },
): Promise<void> {
  const body = { recipient_id: user };
  const { id } = await retryLimited(() =>
    api.request<{ readonly id?: unknown }>('POST', '/users/@me/channels', { body }),
  );
  if (typeof id !== 'string') throw unreadable();
  for (const [index, message] of messages.entries()) {
    const stamped = { ...message, ...toStamp(`${nonce} ${index}`) };
    await retryUnanswered(() => api.request('POST', `/channels/${id}/messages`, { body: stamped }));
  }
}
