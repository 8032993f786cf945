import type { NewPost, Post } from '../../core/event/post.ts';
import { sentenceMarkdown } from '../../core/message/markdown/inline-code.ts';
import { toNotices } from './to-notices.ts';

/** What a channel is sent the first time that its platform does not let us react to a message. */
export function toNoReactionsNotice(post: Post, reason: string): readonly NewPost[] {
  return toNotices([post], post.endpointId, {
    title: { text: 'No reactions on messages here' },
    body: `${sentenceMarkdown(reason)} The messages themselves say how things stand; this notice comes once.`,
  });
}
