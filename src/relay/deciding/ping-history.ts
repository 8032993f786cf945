import type { Clock } from '../../core/clock.ts';
import type { About } from '../../core/event/about.ts';
import type { Decision } from '../../core/event/decision.ts';
import type { Journal } from '../../core/event/journal.ts';
import { type EarlierPing, PING_WINDOW } from './pings.ts';

/** Who was pinged lately for which thing. */
export interface PingHistory {
  /** Who was pinged for a thing within the window, by another event, also by an earlier run. */
  earlier(about: About, eventId: string): Promise<readonly EarlierPing[]>;
  note(about: About, eventId: string, decision: Decision): void;
  /** Another node may have decided since: everything has to be read again. */
  forget(): void;
}

export interface Noted extends EarlierPing {
  readonly eventId: string;
}

/** Events of one thing that are looked at: those of an hour, and no more than anybody could be pinged by. */
const RECALLED = 20;
/** Events looked at for those of a thing that has no name but its title. */
const ALIKE = 100;
const THINGS = 2_000;

export function createPingHistory({
  journal,
  clock,
}: {
  readonly journal: Pick<Journal, 'events'>;
  readonly clock: Clock;
}): PingHistory {
  const known = new Map<string, readonly Noted[]>();

  function fresh(key: string): readonly Noted[] {
    const since = clock.now().getTime() - PING_WINDOW;
    return (known.get(key) ?? []).filter(({ at }) => at.getTime() > since);
  }

  /** Reads from the journal what an earlier run decided about a thing, once. */
  async function recall(about: About): Promise<void> {
    const key = keyOf(about);
    if (known.has(key)) return;
    const found = await readPings(journal, about, clock.now());
    // What was pinged for a thing that is dropped here is read again from the journal.
    if (known.size >= THINGS) known.clear();
    known.set(key, found);
  }

  return {
    async earlier(about, eventId) {
      // A journal that cannot be read takes no decision either, and says so there.
      await recall(about).catch(() => undefined);
      return fresh(keyOf(about)).filter((noted) => noted.eventId !== eventId);
    },
    forget: () => known.clear(),
    note(about, eventId, decision) {
      const pings = pingsOf(eventId, decision);
      if (pings.length > 0) known.set(keyOf(about), [...fresh(keyOf(about)), ...pings]);
    },
  };
}

/** Who was pinged for a thing within the window, as the journal has it. */
export async function readPings(
  { events }: Pick<Journal, 'events'>,
  about: About,
  now: Date,
): Promise<readonly Noted[]> {
  const { subject, source, title } = about;
  const since = new Date(now.getTime() - PING_WINDOW);
  const named = source === undefined ? { q: title } : { source };
  const query = subject === undefined ? { ...named, limit: ALIKE } : { subject, limit: RECALLED };
  const page = await events.list({ ...query, since });
  const alike = page.filter((event) => event.about && keyOf(event.about) === keyOf(about));
  const found: Noted[] = [];
  for (const { id } of alike.slice(0, RECALLED)) {
    const decision = (await events.get(id))?.decision;
    if (decision) found.push(...pingsOf(id, decision));
  }
  return found;
}

function pingsOf(eventId: string, { decidedAt, routes }: Decision): readonly Noted[] {
  const at = new Date(decidedAt);
  const names = routes.flatMap(({ mentioned = [] }) => mentioned.filter(({ outcome }) => outcome === 'ping'));
  return names.map(({ name }) => ({ name, at, eventId }));
}

/** What makes two events the same thing to whoever is pinged. */
function keyOf({ subject, source, title }: About): string {
  return subject ?? `${source ?? ''}\n${title}`;
}
