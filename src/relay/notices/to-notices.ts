import type { NewPost } from '../../core/event/post.ts';
import { type MessageParts, toMessage } from '../../core/message/message.ts';
import type { Route } from '../../core/settings/endpoint.ts';

/** A place to say something: a route, or as much of one. */
export type NoticePlace = Pick<Route, 'platform' | 'channel' | 'channelName'>;

/** The channel for notices that no other channel can take: the page's own. */
const PAGE: NoticePlace = { platform: 'local', channel: 'general', channelName: 'general' };

/** The same warning for several places; for the page where there is none. */
export function toNotices(
  places: readonly NoticePlace[],
  endpointId: string | undefined,
  message: Partial<MessageParts>,
): readonly NewPost[] {
  return (places.length ? places : [PAGE]).map(({ platform, channel, channelName }) => ({
    platform,
    channel,
    channelName,
    state: 'due',
    ...(endpointId && { endpointId }),
    message: toMessage({ severity: 'warning', ...message }),
  }));
}
