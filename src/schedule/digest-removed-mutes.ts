import { defineChore } from './shared/chore.ts';

/** Gives their channels the digest of mutes that are gone from the settings while they hold something: edited away, or deleted with their endpoint. */
export default defineChore({
  when: { every: 5_000 },
  run: ({ relay }) => relay.digestRemovedMutes(),
});
