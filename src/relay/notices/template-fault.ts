import type { NewPost, Post } from '../../core/event/post.ts';
import { sentenceMarkdown } from '../../core/message/markdown/inline-code.ts';
import type { ComposeProblem } from '../../render/compose.ts';
import { toNotices } from './to-notices.ts';

/** What a channel is sent when a template of its messages failed. */
export function toFaultNotice({ template, message, line, column }: ComposeProblem, post: Post): readonly NewPost[] {
  const place = line ? ` at line ${line}${column ? `, column ${column}` : ''}` : '';
  return toNotices([post], post.endpointId, {
    title: { text: `A template failed: ${template}` },
    body: `It failed${place}: ${sentenceMarkdown(message)}\nUntil it is fixed, its messages are made by the next best template.`,
  });
}
