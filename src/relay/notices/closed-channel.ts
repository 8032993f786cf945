import type { NewPost, Post } from '../../core/event/post.ts';
import { inlineCode, sentenceMarkdown } from '../../core/message/markdown/inline-code.ts';
import { escapeMarkdown } from '../../core/message/message.ts';
import { channelLabel } from '../../core/settings/channel.ts';
import type { Endpoint } from '../../core/settings/endpoint.ts';
import { toNotices } from './to-notices.ts';

export interface ClosedChannel {
  /** The post that it did not take. */
  readonly post: Post;
  /** What people call the platform. */
  readonly platformTitle: string;
  readonly endpoint: Endpoint | undefined;
  readonly reason: string;
}

/** What the endpoint's other channels are sent: a channel that takes nothing cannot say so itself. */
export function toClosedNotice({ post, platformTitle, endpoint, reason }: ClosedChannel): readonly NewPost[] {
  const others = (endpoint?.routes ?? []).filter(
    ({ platform, channel }) => platform !== post.platform || channel !== post.channel,
  );
  const from = endpoint ? ` from ${escapeMarkdown(endpoint.name)}` : '';
  return toNotices(others, post.endpointId, {
    title: { text: `${platformTitle} ${channelLabel(post.channelName)} takes no messages` },
    body: `${sentenceMarkdown(reason)}\nThe messages${from} for it are kept: fix the channel and try again, or choose another with ${inlineCode('/webhook route')}.`,
    actions: [{ label: 'What failed', command: 'failed', options: endpoint ? { endpoint: endpoint.id } : {} }],
  });
}
