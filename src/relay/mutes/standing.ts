import { isOpen } from '../../core/event/about.ts';
import type { EventSummary } from '../../core/event/event.ts';
import type { Journal } from '../../core/event/journal.ts';
import type { HeldChannel } from './held.ts';

/** How the subjects that were held for a channel stand now. */
export interface Standing {
  /** The newest event of each that still needs somebody, oldest first. */
  readonly open: readonly EventSummary[];
  /** How many began and were over while they were held. */
  readonly resolved: number;
  /** The newest event of each that is over, while the message that stands in the channel says that it is open. */
  readonly closing: readonly EventSummary[];
}

/** Subjects of each kind that are looked up in the journal. */
const LOOKED_UP = 50;

/** Judges anew what was held for a channel. */
export async function judgeHeld({ events, ...place }: HeldChannel, journal: Journal): Promise<Standing> {
  const bySubject = [...Map.groupBy(events, ({ id, about }) => about?.subject ?? id).values()];
  const wasOpen = (event: EventSummary) => event.about !== undefined && isOpen(event.about);
  const open: EventSummary[] = [];
  const over: EventSummary[] = [];
  let resolved = 0;
  for (const course of bySubject) {
    const last = course.at(-1);
    if (!last) continue;
    if (wasOpen(last)) open.push(last);
    else if (last.about?.subject !== undefined) {
      over.push(last);
      if (course.some(wasOpen)) resolved++;
    }
  }
  return { open: await stillNewest(open, journal), resolved, closing: await standingOpen(over, place, journal) };
}

/** Those of which nothing was heard since that was not held. */
async function stillNewest(open: readonly EventSummary[], { events }: Journal): Promise<readonly EventSummary[]> {
  const unsure = open.slice(-LOOKED_UP);
  const sure = open.slice(0, -LOOKED_UP);
  const kept: EventSummary[] = [];
  for (const event of unsure) {
    const { endpointId, about: { subject } = {} } = event;
    const [newest] = subject === undefined ? [event] : await events.list({ endpointId, subject, limit: 1 });
    if (newest?.id === event.id || !newest?.about || isOpen(newest.about)) kept.push(event);
  }
  return [...sure, ...kept];
}

async function standingOpen(
  over: readonly EventSummary[],
  { platform, channel }: Pick<HeldChannel, 'platform' | 'channel'>,
  { subjects }: Journal,
): Promise<readonly EventSummary[]> {
  const found: EventSummary[] = [];
  for (const [endpointId, events] of Map.groupBy(over, (event) => event.endpointId)) {
    const keys = events.flatMap(({ about }) => about?.subject ?? []);
    const records = await subjects.list({ platform, channel, endpointId }, keys);
    for (const event of events)
      if (records.get(event.about?.subject ?? '')?.phase === 'open' && found.length < LOOKED_UP) found.push(event);
  }
  return found;
}
