import type { EventSummary } from '../../core/event/event.ts';
import type { Journal } from '../../core/event/journal.ts';
import type { Silence } from '../../core/event/noted/silence.ts';

/** The remote address of what was fetched from a provider: nobody sent it here. */
export const RECOVERED = '';

const NEWEST = 100;
const AUDITED = 50;
/** How long after it was asked for a test may arrive, in milliseconds. */
const TEST = 15_000;

/** The first event with which an endpoint broke its silence by itself: neither a test, nor fetched; nothing while it has not. */
export async function findReturn(
  { events, audit }: Pick<Journal, 'events' | 'audit'>,
  { endpointId, since }: Silence,
): Promise<EventSummary | undefined> {
  const newest = await events.list({ endpointId, since, limit: NEWEST });
  const later = newest.filter(({ receivedAt, type }) => receivedAt > since && type !== 'handshake');
  if (later.length === 0) return undefined;
  const asked = (await audit.list({ endpointId, limit: AUDITED })).filter(({ action }) => action === 'test');
  for (const event of later.toReversed()) {
    const isTest = asked.some(({ at }) => {
      const after = event.receivedAt.getTime() - at.getTime();
      return after >= 0 && after < TEST;
    });
    if (!isTest && (await events.get(event.id))?.remoteAddress !== RECOVERED) return event;
  }
  return undefined;
}
