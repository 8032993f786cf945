import type { NewPost, Post } from '../../core/event/post.ts';
import { escapeMarkdown } from '../../core/message/message.ts';
import { toNotices } from './to-notices.ts';

/** What a channel is sent the first time that its platform refuses a part of a message. */
export function toLeftOutNotice(
  post: Post,
  { platformTitle, leftOut }: { readonly platformTitle: string; readonly leftOut: readonly string[] },
): readonly NewPost[] {
  return toNotices([post], post.endpointId, {
    title: { text: `${platformTitle} refused a part of a message` },
    body: `It was posted without ${escapeMarkdown(leftOut.join(', '))}. \`/webhook why\` names what was left out of each message; this notice comes once.`,
  });
}
