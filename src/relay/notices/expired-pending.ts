import type { NewPost } from '../../core/event/post.ts';
import { inlineCode } from '../../core/message/markdown/inline-code.ts';
import type { Endpoint } from '../../core/settings/endpoint.ts';
import { PENDING_FOR } from '../../core/settings/pending.ts';
import { describeDuration } from '../../core/text/duration.ts';
import { plural } from '../../core/text/line.ts';
import { toNotices } from './to-notices.ts';

/** What an endpoint's channels are sent when nobody has named its sender in time. */
export function toExpiredPendingNotice({ name, routes }: Endpoint, held: number): readonly NewPost[] {
  const lost = held
    ? `${plural(held, 'held request')} ${held === 1 ? 'was' : 'were'} deleted with it.`
    : 'It held no deliveries.';
  return toNotices(routes, undefined, {
    title: { text: `${name}: nobody named its sender` },
    body: `Nobody named the sender of ${inlineCode(name)} within ${describeDuration(PENDING_FOR)}, so the endpoint was deleted and its URL no longer works. ${lost} ${inlineCode('/webhook new')} makes another one.`,
    actions: [{ label: 'New endpoint', command: 'new', options: {} }],
  });
}
