import type { About } from '../../core/event/about.ts';
import type { Journal } from '../../core/event/journal.ts';
import type { Provider } from '../../core/provider/provider.ts';
import type { Watched } from '../../core/settings/mute.ts';
import { DAY } from '../../core/text/duration.ts';
import { matchesPattern } from '../../core/text/matches-pattern.ts';
import { isAlarm, phaseOf } from '../following/phase.ts';

/** How long something counts as firing without another word, in milliseconds: its end may have been lost. */
export const FIRES_FOR = 3 * DAY;

const PAGE = 500;
/** Events of one endpoint that are looked at, subjects of it that are known, and turns of each. */
const MOST = { events: 20_000, subjects: 5_000, turns: 500 } as const;

interface Turn {
  readonly event: number;
  readonly at: number;
  readonly open: boolean;
  readonly alarm: boolean;
}

interface Said {
  readonly id: string;
  readonly endpointId: string;
  readonly provider: string;
  readonly receivedAt: Date;
  readonly about?: About;
}

/** The moment that is asked for: all that came before an event, or all that came. */
export interface AsOf {
  readonly now: Date;
  readonly before?: string;
}

/** Knows what is firing at the endpoints that some mute waits for, and what was at earlier events. */
export interface FiringLog {
  /** Reads what these endpoints have said since a moment, unless they are known already. */
  load(endpointIds: readonly string[], since: Date): Promise<void>;
  /** Takes an event that was decided. What nobody waits for is not kept. */
  note(event: Said): void;
  isFiring(watched: Watched, asOf: AsOf): boolean;
  /** Another node may have decided since: everything has to be loaded again. */
  forget(): void;
}

export function createFiringLog({
  journal,
  providers,
}: {
  readonly journal: { readonly events: Pick<Journal['events'], 'list'> };
  readonly providers: ReadonlyMap<string, Provider>;
}): FiringLog {
  const endpoints = new Map<string, Map<string, Turn[]>>();

  async function read(endpointId: string, since: Date): Promise<void> {
    const known = new Map<string, Turn[]>();
    endpoints.set(endpointId, known);
    let events = 0;
    for (let before: string | undefined; events < MOST.events; ) {
      const query = { endpointId, since, limit: PAGE, ...(before !== undefined && { before }) };
      const page = await journal.events.list(query);
      for (const event of page) note(known, event);
      events += page.length;
      before = page.at(-1)?.id;
      if (page.length < PAGE) return;
    }
  }

  function note(known: Map<string, Turn[]>, { id, provider, receivedAt, about }: Said): void {
    const subject = about?.subject?.toLowerCase();
    if (!about || subject === undefined) return;
    const follow = providers.get(provider)?.follow;
    const phase = phaseOf(about, follow);
    if (phase === undefined) return;
    const turns = known.get(subject) ?? [];
    const event = Number(id);
    // They are read newest first, and noted oldest first.
    const place = turns.findLastIndex((turn) => turn.event <= event) + 1;
    if (turns[place - 1]?.event === event) return;
    turns.splice(place, 0, {
      event,
      at: receivedAt.getTime(),
      open: phase === 'open',
      alarm: isAlarm(about, follow),
    });
    if (turns.length > MOST.turns) turns.shift();
    known.delete(subject);
    known.set(subject, turns);
    const [oldest] = known.keys();
    if (known.size > MOST.subjects && oldest !== undefined) known.delete(oldest);
  }

  return {
    async load(endpointIds, since) {
      for (const id of endpointIds)
        if (!endpoints.has(id))
          await read(id, since).catch((error: unknown) => {
            endpoints.delete(id);
            throw error;
          });
    },
    forget: () => endpoints.clear(),
    note(event) {
      const known = endpoints.get(event.endpointId);
      if (known) note(known, event);
    },
    isFiring({ endpointId, subject: wanted }, { now, before }) {
      const last = before === undefined ? Number.POSITIVE_INFINITY : Number(before);
      for (const [subject, turns] of endpoints.get(endpointId) ?? []) {
        if (wanted !== undefined && !matchesPattern(subject, wanted)) continue;
        const turn = turns.findLast(({ event }) => event < last);
        if (!turn?.open || (wanted === undefined && !turn.alarm)) continue;
        if (now.getTime() - turn.at < FIRES_FOR) return true;
      }
      return false;
    },
  };
}
