import type { EventStore, EventSummary, StoredEvent } from '../event.ts';

/** The event that one is compared with: the last before it of the same subject, else of the same type. */
export async function findEarlier(
  { id, endpointId, type, about }: Pick<StoredEvent, 'id' | 'endpointId' | 'type' | 'about'>,
  events: Pick<EventStore, 'list'>,
): Promise<EventSummary | undefined> {
  const before = { endpointId, before: id, limit: 1 };
  const [same] = about?.subject ? await events.list({ ...before, subject: about.subject }) : [];
  if (same) return same;
  const [like] = await events.list({ ...before, type });
  return like;
}
