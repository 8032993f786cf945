import type { Clock } from '../../core/clock.ts';
import type { SchemeDesk, SchemeProposal } from '../../core/command/desks/scheme-desk.ts';
import { personOf } from '../../core/command/permission.ts';
import type { FindScheme } from '../../core/provider/scheme/find-scheme.ts';
import { newId } from '../../core/settings/ids.ts';
import { MINUTE } from '../../core/text/duration.ts';

const KEPT_FOR = 30 * MINUTE;
const MOST = 100;

/** Proposals are in memory only: they may hold a secret that nobody has saved. */
export function createSchemeDesk({
  find,
  clock,
}: {
  readonly find: FindScheme;
  readonly clock: Pick<Clock, 'elapsed'>;
}): SchemeDesk {
  const kept = new Map<string, { readonly proposal: SchemeProposal; readonly by: string; readonly until: number }>();

  function forgetOld(): void {
    for (const [name, { until }] of kept) if (until < clock.elapsed() || kept.size >= MOST) kept.delete(name);
  }

  return {
    find,
    propose(proposal, caller) {
      forgetOld();
      const name = newId();
      kept.set(name, { proposal, by: personOf(caller), until: clock.elapsed() + KEPT_FOR });
      return name;
    },
    proposed(name, caller) {
      forgetOld();
      const found = kept.get(name);
      return found?.by === personOf(caller) ? found.proposal : undefined;
    },
  };
}
