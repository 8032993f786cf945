import type { NewPost } from '../../core/event/post.ts';
import { sentenceMarkdown } from '../../core/message/markdown/inline-code.ts';
import { toNotices } from './to-notices.ts';

/** What the page is sent when a platform takes nothing in any channel: it cannot say so itself. */
export function toPausedNotice(title: string, reason: string): readonly NewPost[] {
  return toNotices([], undefined, {
    title: { text: `${title} takes no messages at the moment` },
    body: `${sentenceMarkdown(reason)}\nMessages for its channels are kept and posted in order once ${title} works again. Bellhop retries automatically.`,
  });
}
