import type { HandledSubject } from '../../core/command/desks/handling-desk.ts';
import type { About } from '../../core/event/about.ts';
import type { EventState, EventSummary } from '../../core/event/event.ts';
import type { LocalMessage } from '../../core/event/local-message.ts';
import type { StoredPost } from '../../core/event/post.ts';
import type { Drawing } from '../../core/message/drawing.ts';
import type { Message } from '../../core/message/message.ts';
import type { Settings } from '../../core/settings/settings.ts';

/** An event as lists and the live stream show it. */
export function toEventView({ endpointId, receivedAt, about, ...event }: EventSummary, { endpoints }: Settings) {
  const endpoint = endpoints.find(({ id }) => id === endpointId)?.name ?? 'deleted';
  const { id, deliveryId, provider, type, state, part } = event;
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
    ...(part && { part: { ...part } }),
  };
}

/** A message with what each platform would be sent: all payloads under `drawings`, and the first under the platform's name. */
export function toDrawingView({ text, drawings }: Drawing, message: Message) {
  const firsts: Readonly<Record<string, unknown>> = Object.fromEntries(
    Object.entries(drawings).map(([platform, [first]]) => [platform, first]),
  );
  return {
    ...firsts,
    text,
    message: { ...message },
    drawings: Object.fromEntries(Object.entries(drawings).map(([platform, payloads]) => [platform, [...payloads]])),
  };
}

/** A message of the local platform as the page shows it: drawn by the payloads that would be sent. */
export function toMessageView(
  { id, thread, text, message, postedAt, editedAt }: LocalMessage,
  draw: (message: Message) => Drawing,
) {
  return {
    ...toDrawingView(draw(message), message),
    id,
    thread: thread ?? null,
    text,
    postedAt: postedAt.toISOString(),
    editedAt: editedAt?.toISOString() ?? null,
  };
}

/** What people did about a subject. */
export function toSubjectView({ key, phase, isAlarm, handling, places }: HandledSubject) {
  const { acknowledged, resolved, notes } = handling;
  return {
    key: key.subject,
    phase: phase ?? null,
    alarm: isAlarm,
    acknowledged: acknowledged ?? null,
    resolved: resolved ?? null,
    notes,
    places,
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
  template,
  ref,
}: StoredPost) {
  return {
    id,
    platform,
    channel,
    channelName,
    state,
    attempts,
    error: error ?? null,
    template: template ?? null,
    message: ref?.id ?? null,
    replay: replay ?? false,
    createdAt: createdAt.toISOString(),
    settledAt: settledAt?.toISOString() ?? null,
  };
}
