import type { CommandParts } from '../../core/command/command.ts';
import type { Caller } from '../../core/command/permission.ts';
import { eventLink } from '../../core/event/event-line.ts';
import type { StoredPost } from '../../core/event/post.ts';
import { inlineCode, sentenceMarkdown } from '../../core/message/markdown/inline-code.ts';
import { escapeMarkdown, type Markdown, momentMarkdown } from '../../core/message/message.ts';
import { plural } from '../../core/text/line.ts';
import { describePlace } from './find-place.ts';

export interface PostLineParts extends Pick<CommandParts, 'journal' | 'platforms'> {
  /** The names of endpoints, by their ids. */
  readonly names: ReadonlyMap<string, string>;
  readonly caller: Caller;
}

/** A message that could not be posted on one line of a list: when, what and where, why, and its id. */
export async function toPostLine(
  post: StoredPost,
  { journal, platforms, names, caller }: PostLineParts,
): Promise<Markdown> {
  const { id, eventId, endpointId, attempts, error, settledAt, createdAt } = post;
  const [event] = eventId === undefined ? [] : await journal.events.summaries([eventId]);
  const what = event ? eventLink(event) : 'a notice';
  const where = escapeMarkdown(describePlace(post, caller, platforms));
  const name = names.get(endpointId ?? '');
  return [
    `- ${momentMarkdown(settledAt ?? createdAt, 'relative')} ${what} in ${where}${name ? ` from ${inlineCode(name)}` : ''}`,
    `${sentenceMarkdown(error ?? 'no reason was given')} (${plural(attempts, 'attempt')})`,
    inlineCode(id),
  ].join(' · ');
}
