import type { Happening } from '../../core/provider/happening.ts';

/** Seconds within which code hosts send a push and what it made. */
const WITHIN = 60;

/** A branch or tag that was made, moved or deleted. */
export interface RefChange {
  readonly repository: string | undefined;
  readonly ref: string | undefined;
  readonly did: 'created' | 'deleted' | 'moved';
  /** The last of the commits that came with a push. */
  readonly head?: string | undefined;
  /** The type of event that says more of it: the push. */
  readonly better?: string;
}

/** Code hosts send two events for a branch or tag that was made or deleted: a push, and an event that says less. */
export function refHappening({ repository, ref, did, head, better }: RefChange): Happening | undefined {
  if (!repository || !ref) return undefined;
  const name = ref.replace(/^refs\/(?:heads|tags)\//, '');
  return {
    keys: did === 'moved' ? [] : [`ref ${repository} ${name}`],
    fact: head ?? did,
    says: head ? [head, did] : [did],
    ...(better && { better: [better] }),
    within: WITHIN,
  };
}
