import type { NewPost } from '../../core/event/post.ts';
import { inlineCode } from '../../core/message/markdown/inline-code.ts';
import type { Endpoint } from '../../core/settings/endpoint.ts';
import { PENDING_FOR } from '../../core/settings/pending.ts';
import { describeDuration } from '../../core/text/duration.ts';
import { plural } from '../../core/text/line.ts';
import { toNotices } from './to-notices.ts';

/** What an endpoint's channels are sent when nobody has said in time who sends to it. */
export function toExpiredPendingNotice({ name, routes }: Endpoint, held: number): readonly NewPost[] {
  const came = held ? `what it held is gone with it, ${plural(held, 'request')} in all` : 'nothing came to it';
  return toNotices(routes, undefined, {
    title: { text: `${name}: nobody said who sends to it` },
    body: `${inlineCode(name)} waited ${describeDuration(PENDING_FOR)} for that. It is deleted, its URL takes nothing any more, and ${came}. ${inlineCode('/webhook new')} makes another one.`,
    actions: [{ label: 'New endpoint', command: 'new', options: {} }],
  });
}
