import type { Clock } from '../../core/clock.ts';
import type { About } from '../../core/event/about.ts';
import type { Decision } from '../../core/event/decision.ts';
import type { Journal } from '../../core/event/journal.ts';
import { type EarlierPing, PING_WINDOW } from './pings.ts';

/** Who was pinged lately for which thing. */
export interface PingHistory {
  /** Who was pinged for a thing within the window, by another event, also by an earlier run. */
  earlier(about: About, eventId: string): Promise<readonly EarlierPing[]>;
  /** The same, as far as this run knows it. */
  known(about: About, eventId: string): readonly EarlierPing[];
  note(about: About, eventId: string, decision: Decision): void;
  /** Another node may have decided since: everything has to be read again. */
  forget(): void;
}

interface Noted extends EarlierPing {
  readonly eventId: string;
}

/** Events of one thing that are looked at: those of an hour, and no more than anybody could be pinged by. */
const RECALLED = 20;
const THINGS = 2_000;

export function createPingHistory({
  journal,
  clock,
}: {
  readonly journal: Pick<Journal, 'events'>;
  readonly clock: Clock;
}): PingHistory {
  const known = new Map<string, readonly Noted[]>();

  function pingsOf(eventId: string, { decidedAt, routes }: Decision): readonly Noted[] {
    const at = new Date(decidedAt);
    const names = routes.flatMap(({ mentioned = [] }) => mentioned.filter(({ outcome }) => outcome === 'ping'));
    return names.map(({ name }) => ({ name, at, eventId }));
  }

  function fresh(key: string): readonly Noted[] {
    const since = clock.now().getTime() - PING_WINDOW;
    return (known.get(key) ?? []).filter(({ at }) => at.getTime() > since);
  }

  /** Reads from the journal what an earlier run decided about a thing, once. */
  async function recall(about: About): Promise<void> {
    const { subject } = about;
    const key = keyOf(about);
    if (known.has(key)) return;
    const found: Noted[] = [];
    if (subject !== undefined) {
      const since = new Date(clock.now().getTime() - PING_WINDOW);
      for (const { id } of await journal.events.list({ subject, since, limit: RECALLED })) {
        const decision = (await journal.events.get(id))?.decision;
        if (decision) found.push(...pingsOf(id, decision));
      }
    }
    // What was pinged for a thing that is dropped here is read again from the journal.
    if (known.size >= THINGS) known.clear();
    known.set(key, found);
  }

  const others = (about: About, eventId: string) => fresh(keyOf(about)).filter((noted) => noted.eventId !== eventId);

  return {
    async earlier(about, eventId) {
      // A journal that cannot be read takes no decision either, and says so there.
      await recall(about).catch(() => undefined);
      return others(about, eventId);
    },
    known: others,
    forget: () => known.clear(),
    note(about, eventId, decision) {
      const pings = pingsOf(eventId, decision);
      if (pings.length > 0) known.set(keyOf(about), [...fresh(keyOf(about)), ...pings]);
    },
  };
}

/** What makes two events the same thing to whoever is pinged. */
function keyOf({ subject, source, title }: About): string {
  return subject ?? `${source ?? ''}\n${title}`;
}
