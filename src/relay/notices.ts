import type { NewPost, Post } from '../core/event/post.ts';
import { sentenceMarkdown } from '../core/message/inline-code.ts';
import { escapeMarkdown, type MessageParts, toMessage } from '../core/message/message.ts';
import { channelLabel } from '../core/settings/channel.ts';
import type { Endpoint, Route } from '../core/settings/endpoint.ts';
import type { ComposeProblem } from '../render/compose.ts';

/** A place to say something: a route, or as much of one. */
type Place = Pick<Route, 'platform' | 'channel' | 'channelName'>;

/** Where notices go when no other channel can take them: the page's own channel. */
const PAGE: Place = { platform: 'local', channel: 'general', channelName: 'general' };

/** The notice that a template of a channel's messages failed. */
export function toFaultNotice({ template, message, line, column }: ComposeProblem, post: Post): readonly NewPost[] {
  const place = line ? ` at line ${line}${column ? `, column ${column}` : ''}` : '';
  return toNotices([post], post.endpointId, {
    title: { text: `A template failed: ${template}` },
    body: `It failed${place}: ${sentenceMarkdown(message)}\nUntil it is fixed, the next best template makes these messages.`,
  });
}

/** The notice for an endpoint's channels that its deliveries are refused again and again. */
export function toMismatchNotice(endpoint: Endpoint, reason: string, times: number): readonly NewPost[] {
  return toNotices(endpoint.routes, endpoint.id, {
    title: { text: `${endpoint.name}: the secret does not match` },
    body: `The last ${times} deliveries were refused: ${sentenceMarkdown(reason)}.\nCompare the secret at the provider with this endpoint's, or make a new one.`,
    actions: [
      { label: 'Why', command: 'why', options: { event: endpoint.id } },
      { label: 'New secret', command: 'rotate', options: { endpoint: endpoint.id } },
    ],
  });
}

export interface ClosedChannel {
  readonly post: Post;
  /** What people call the platform. */
  readonly platformTitle: string;
  readonly endpoint: Endpoint | undefined;
  readonly reason: string;
}

/** The notice for the endpoint's other channels, or for the page when there is none: a channel that takes nothing cannot say so itself. */
export function toClosedNotice({ post, platformTitle, endpoint, reason }: ClosedChannel): readonly NewPost[] {
  const others =
    endpoint?.routes.filter(({ platform, channel }) => platform !== post.platform || channel !== post.channel) ?? [];
  const owed = endpoint ? ` by ${escapeMarkdown(endpoint.name)}` : '';
  return toNotices(others.length ? others : [PAGE], post.endpointId, {
    title: { text: `${platformTitle} ${channelLabel(post.channelName)} takes no messages` },
    body: `${sentenceMarkdown(reason)}\nWhat it is owed${owed} is kept. Fix the channel and try again, or route it elsewhere.`,
    actions: [{ label: 'What failed', command: 'failed', options: endpoint ? { endpoint: endpoint.id } : {} }],
  });
}

function toNotices(
  places: readonly Place[],
  endpointId: string | undefined,
  message: Partial<MessageParts>,
): readonly NewPost[] {
  return places.map(({ platform, channel, channelName }) => ({
    platform,
    channel,
    channelName,
    state: 'due',
    ...(endpointId && { endpointId }),
    message: toMessage({ severity: 'warning', ...message }),
  }));
}
