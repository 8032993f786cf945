import type { About } from '../../core/event/about.ts';
import type { EventState, EventSummary } from '../../core/event/event.ts';
import type { LocalMessage } from '../../core/event/local-message.ts';
import type { StoredPost } from '../../core/event/post.ts';
import type { Message } from '../../core/message/message.ts';
import type { Settings } from '../../core/settings/settings.ts';
import type { Drawing } from './parts.ts';

/** An event as lists and the live stream show it. */
export function toEventView({ endpointId, receivedAt, about, ...event }: EventSummary, { endpoints }: Settings) {
  const endpoint = endpoints.find(({ id }) => id === endpointId)?.name ?? 'deleted';
  const { id, deliveryId, provider, type, state } = event;
  const known: About | null = about ?? null;
  return {
    id,
    deliveryId,
    endpoint,
    provider,
    type,
    about: known,
    state: state satisfies EventState,
    receivedAt: receivedAt.toISOString(),
  };
}

/** A message of the local platform as the page shows it: drawn by the payloads that would be sent. */
export function toMessageView(
  { id, thread, text, message, postedAt, editedAt }: LocalMessage,
  draw: (message: Message) => Drawing,
) {
  const { text: _line, ...drawn } = draw(message);
  return {
    id,
    thread: thread ?? null,
    text,
    message: { ...message },
    ...drawn,
    postedAt: postedAt.toISOString(),
    editedAt: editedAt?.toISOString() ?? null,
  };
}

export function toPostView({
  id,
  platform,
  channel,
  channelName,
  state,
  attempts,
  error,
  createdAt,
  settledAt,
  replay,
}: StoredPost) {
  return {
    id,
    platform,
    channel,
    channelName,
    state,
    attempts,
    error: error ?? null,
    replay: replay ?? false,
    createdAt: createdAt.toISOString(),
    settledAt: settledAt?.toISOString() ?? null,
  };
}
