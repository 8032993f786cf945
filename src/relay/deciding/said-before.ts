import type { Clock } from '../../core/clock.ts';
import type { HookEvent } from '../../core/event/event.ts';
import type { Journal } from '../../core/event/journal.ts';
import type { Happening } from '../../core/provider/happening.ts';

type Said = Pick<HookEvent, 'id' | 'endpointId' | 'type'>;

export interface SaidBefore {
  /** Why an event need not be posted, as a clause: another one said the same, or one that comes to its endpoint too says it better. */
  reason(event: Said, happening: Happening): Promise<string | undefined>;
  /** Remembers what an event that is posted says. */
  note(event: Said, happening: Happening, title: string): void;
  /** Remembers that events of this type come to the endpoint. */
  see(event: Said): void;
}

interface Posted {
  readonly id: string;
  readonly type: string;
  readonly title: string;
  readonly says: readonly string[];
  readonly at: number;
}

/** How many are remembered; the oldest go first. */
const REMEMBERED = 4_000;
const TYPES = 2_000;
/** How long after the last event of a type others are expected, in milliseconds. */
const EXPECTED = 7 * 86_400_000;

/** Knows which happenings were posted lately. After a restart it has forgotten them, and the worst is that one is posted again. */
export function createSaidBefore({ journal, clock }: { readonly journal: Journal; readonly clock: Clock }): SaidBefore {
  const posted = new Map<string, readonly Posted[]>();
  /** When the last event of a type came to an endpoint; never is known too. */
  const seen = new Map<string, number>();

  async function lastSeen(endpointId: string, type: string): Promise<number> {
    const key = `${endpointId}\n${type}`;
    const known = seen.get(key);
    if (known !== undefined) return known;
    const since = new Date(clock.now().getTime() - EXPECTED);
    // A journal that cannot be read takes no decision either, and says so there: the event is decided as if alone.
    const [last] = await journal.events.list({ endpointId, type, since, limit: 1 }).catch(() => []);
    const at = last?.receivedAt.getTime() ?? Number.NEGATIVE_INFINITY;
    remember(seen, key, at, TYPES);
    return at;
  }

  return {
    async reason({ endpointId, type }, { keys, fact, better = [], within }) {
      const now = clock.now().getTime();
      const names = keys.map((key) => `${endpointId}\n${key}`);
      const said = names.flatMap((name) => posted.get(name) ?? []).filter(({ at }) => now - at <= within * 1000);
      const same = said.find(({ says, type: other }) => says.includes(fact) || better.includes(other));
      if (same) {
        // Other events may also use the names that so far only this one has for the thing.
        for (const name of names) add(posted, name, same);
        return `its \`${same.type}\` event already says this: ${same.title} (event ${same.id})`;
      }
      for (const other of better)
        if (other !== type && now - (await lastSeen(endpointId, other)) <= EXPECTED)
          return `its \`${other}\` event says this better`;
      return undefined;
    },
    note({ id, endpointId, type }, { keys, fact, says = [fact] }, title) {
      const entry: Posted = { id, type, title, says, at: clock.now().getTime() };
      for (const key of keys) add(posted, `${endpointId}\n${key}`, entry);
    },
    see({ endpointId, type }) {
      remember(seen, `${endpointId}\n${type}`, clock.now().getTime(), TYPES);
    },
  };
}

/** Facts that are kept of one thing: there are hardly more. */
const FACTS = 20;

function add(posted: Map<string, readonly Posted[]>, name: string, entry: Posted): void {
  const known = posted.get(name) ?? [];
  if (!known.includes(entry)) remember(posted, name, [...known, entry].slice(-FACTS), REMEMBERED);
}

function remember<T>(map: Map<string, T>, key: string, value: T, most: number): void {
  map.delete(key);
  map.set(key, value);
  for (const oldest of map.keys()) {
    if (map.size <= most) return;
    map.delete(oldest);
  }
}
