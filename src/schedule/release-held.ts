import { defineChore } from './shared/chore.ts';

/** Gives channels the digests that are due: of their routes, and of mutes that pause. */
export default defineChore({
  when: { every: 1_000 },
  run: ({ relay }) => relay.releaseHeld(),
});
