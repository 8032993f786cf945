import type { NewPost } from '../../core/event/post.ts';
import { sentenceMarkdown } from '../../core/message/markdown/inline-code.ts';
import type { Endpoint } from '../../core/settings/endpoint.ts';
import { toNotices } from './to-notices.ts';

/** What an endpoint's channels are sent when its deliveries are refused again and again. */
export function toMismatchNotice({ id, name, routes }: Endpoint, reason: string, times: number): readonly NewPost[] {
  return toNotices(routes, id, {
    title: { text: `${name}: the secret does not match` },
    body: `The last ${times} deliveries were refused: ${sentenceMarkdown(reason)}.\nCompare the secret at the provider with this endpoint's, make a new one, or find out how they were signed.`,
    actions: [
      { label: 'Find the scheme', command: 'identify', options: { event: id } },
      { label: 'Why', command: 'why', options: { event: id } },
      { label: 'New secret', command: 'rotate', options: { endpoint: id } },
    ],
  });
}
