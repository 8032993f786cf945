import type { Clock } from '../../core/clock.ts';
import type { Notes } from '../../core/cluster.ts';
import type { SchemeDesk, SchemeProposal } from '../../core/command/desks/scheme-desk.ts';
import { personOf } from '../../core/command/permission.ts';
import type { FindScheme } from '../../core/provider/scheme/find-scheme.ts';
import { newId } from '../../core/settings/ids.ts';
import { MINUTE } from '../../core/text/duration.ts';

interface Kept {
  readonly proposal: SchemeProposal;
  readonly by: string;
  readonly until: number;
}

const KEPT_FOR = 30 * MINUTE;
const MOST = 100;

/** Proposals are in memory only, for they may hold a secret that nobody has saved; with other nodes, sealed beside it. */
export function createSchemeDesk({
  find,
  clock,
  notes,
}: {
  readonly find: FindScheme;
  readonly clock: Pick<Clock, 'elapsed'>;
  /** With other nodes: where they find what was proposed here. */
  readonly notes?: Notes | undefined;
}): SchemeDesk {
  const kept = new Map<string, Kept>();

  function forgetOld(): void {
    for (const [name, { until }] of kept) if (until < clock.elapsed() || kept.size >= MOST) kept.delete(name);
  }

  async function readNote(name: string): Promise<Omit<Kept, 'until'> | undefined> {
    const note = await notes?.read(name);
    // Nobody else writes what our key seals.
    return note === undefined ? undefined : (JSON.parse(note) as Omit<Kept, 'until'>);
  }

  return {
    find,
    propose(proposal, caller) {
      forgetOld();
      const name = newId();
      const by = personOf(caller);
      kept.set(name, { proposal, by, until: clock.elapsed() + KEPT_FOR });
      notes?.keep(name, JSON.stringify({ proposal, by }), KEPT_FOR);
      return name;
    },
    async proposed(name, caller) {
      forgetOld();
      const found = kept.get(name) ?? (await readNote(name));
      return found?.by === personOf(caller) ? found.proposal : undefined;
    },
  };
}
