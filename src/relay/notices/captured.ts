import type { NewPost } from '../../core/event/post.ts';
import { inlineCode } from '../../core/message/markdown/inline-code.ts';
import { escapeMarkdown } from '../../core/message/message.ts';
import type { Endpoint } from '../../core/settings/endpoint.ts';
import { toNotices } from './to-notices.ts';

/** What an endpoint's channels are sent when its provider gave the signing secret by itself. */
export function toCapturedNotice({ id, name, routes }: Endpoint, title: string): readonly NewPost[] {
  return toNotices(routes, id, {
    severity: 'good',
    title: { text: `${name}: the secret is here` },
    body: `${escapeMarkdown(title)} sent its signing secret, and deliveries are verified with it from now on. If ${escapeMarkdown(title)} asks for it, its owners see it with ${inlineCode(`/webhook show ${name} secret`)} until the first delivery has come.`,
    actions: [{ label: 'Show', command: 'show', options: { endpoint: id } }],
  });
}
