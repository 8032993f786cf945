import type { NewPost, Post } from '../../core/event/post.ts';
import { sentenceMarkdown } from '../../core/message/markdown/inline-code.ts';
import type { ComposeProblem } from '../../render/compose.ts';
import type { RefusedFile } from '../../render/templates.ts';
import { toNotices } from './to-notices.ts';

/** What a channel is sent when a template of its messages failed. */
export function toFaultNotice({ template, message, line, column }: ComposeProblem, post: Post): readonly NewPost[] {
  return toNotices([post], post.endpointId, {
    title: { text: `A template failed: ${template}` },
    body: `It failed${placeIn({ line, column })}: ${sentenceMarkdown(message)}\nUntil it is fixed, its messages are made by the next best template.`,
  });
}

/** What the page is sent when somebody changed a file of templates to something that cannot be used. */
export function toRefusedFileNotice({ name, problem: { message, line, column } }: RefusedFile): readonly NewPost[] {
  return toNotices([], undefined, {
    title: { text: `A template cannot be used: ${name}` },
    body: `It was changed, and fails${placeIn({ line, column })}: ${sentenceMarkdown(message)}\nUntil it is fixed, what it said before still counts.`,
  });
}

function placeIn({ line, column }: { readonly line: number | undefined; readonly column: number | undefined }): string {
  return line ? ` at line ${line}${column ? `, column ${column}` : ''}` : '';
}
